/**
 * Attacks a demonstration register on this machine with the tools that attackers have: wapiti looks for holes in every page, sqlmap in every
 * field of every form, ffuf for addresses that nobody lists; as nobody and as each role. schemathesis sends programs' questions in every form
 * that their description allows and in many that it does not, with a token of each kind of program and with none. Anything found ends it with 1.
 *
 *   node attack.mjs TOOLS [PERSONA...]    TOOLS is the folder of their virtual environments; without a persona, everybody, and programs
 *
 * ATTACK=quick asks sqlmap to look further only where a first look finds anything odd, and gives wapiti a minute a person to look for pages and half
 * a minute a kind of hole; ATTACK=whole gives it ten, and has sqlmap try all it knows: that takes hours.
 */

import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closeBrowser, look, output, views } from "./lib/browser.mjs";
import { formsOf } from "./lib/forms.mjs";
import { personas, signIn } from "./lib/personas.mjs";
import { startRegister } from "./lib/program.mjs";
import { letIn, tokenOf } from "./lib/programs.mjs";
import { cookieOf, explore, routeOf, routes } from "./lib/routes.mjs";

const [tools, ...chosen] = process.argv.slice(2);
if (!tools) throw new Error("say where the tools are: node attack.mjs TOOLS [PERSONA...]");
const whole = process.env.ATTACK === "whole";
/** Stands for programs, beside the personas. */
const PROGRAMS = "programs";
const everybody = [PROGRAMS, "nobody", ...Object.keys(personas).filter((name) => !name.startsWith("other"))];
const attackers = chosen.length > 0 ? chosen : everybody;
const folder = join(output, "attack");
await mkdir(folder, { recursive: true });

/**
 * What the tools say of every page alike, and why it is none. Each is a line's beginning and its end; anything else that they say counts.
 * @type {[string, string, string][]}
 */
const known = [
  // A form from another site is refused by what the browser says of itself, without a token: tests "a_form_from_another_site…" send some.
  ["Cross Site Request Forgery at POST ", "Lack of anti CSRF token", "forms are told apart by Sec-Fetch-Site and Origin"],
  // The drill is served in the clear on this machine; a real register stands behind TLS, and its cookies go nowhere else.
  ["Unencrypted Channels at ", "", "TLS is in front of a real register"],
  // Told by one letter in the answer, which a letter as a PDF has among its compressed bytes.
  ["Path Traversal at GET /measures/", "PHP local inclusion leading to code execution via injection in the parameter print", "a PDF is no text"],
];

/** @param {string} line */
const isKnown = (line) => known.some(([begins, ends]) => line.startsWith(begins) && line.endsWith(ends));

/** Where somebody begins to look: every address without a part that stands for a file. */
const starts = routes.filter((route) => !route.includes("{"));

/** Runs a tool to its end and resolves to what it said. @param {string} command @param {string[]} words */
function run(command, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    child.on("error", reject);
    child.on("exit", (code) => resolve({ code, said }));
  });
}

/**
 * Whether answers are unlike in nothing but what was typed. wapiti tells an injection into a search of a directory by an answer that is neither like
 * that to a word nor like that to a broken search, once it has cut what it typed out of all three. Here pages are filled up to one length, a sign
 * that no text has is dropped, and sentences hold the asterisk that is cut. So each is asked again, and only the field's own value, and the same in the page's links, left out.
 * @param {string} url @param {string} cookie @param {{ method: string, path: string, parameter: string, http_request: string }} finding
 */
async function isUnlikeInWhatWasTypedAlone(url, cookie, { method, path, parameter, http_request: sent }) {
  const [head, body] = sent.split(/\r?\n\r?\n/);
  const query = new URL(head.split(" ")[1], url).search;
  const answer = async (typed) => {
    const fields = new URLSearchParams(method === "POST" ? body : query);
    fields.set(parameter, typed);
    const headers = { cookie, "sec-fetch-site": "same-origin", ...(method === "POST" && { "content-type": "application/x-www-form-urlencoded" }) };
    const response = await fetch(method === "POST" ? url + path : `${url}${path}?${fields}`, { method, headers, redirect: "manual", ...(method === "POST" && { body: fields.toString() }) });
    const text = await response.text();
    const field = new RegExp(`(name="${parameter}"[^>]*?value=")[^"]*`);
    const link = new RegExp(`([?&;]${parameter}=)[^"&]*`, "g");
    return `${response.status} ${text.replace(field, "$1").replace(link, "$1").trimEnd()}`;
  };
  const like = [await answer("nosuchvalue"), await answer("(**nosuchvalue**")];
  for (const typed of ["*", "*)\0nosuchvalue", "*)(&))\0nosuchvalue", ")(objectClass=*"]) {
    if (!like.includes(await answer(typed))) return false;
  }
  return true;
}

/** What wapiti finds, each as a line. @param {string} url @param {string} who @param {string} cookie */
async function wapiti(url, who, cookie) {
  const report = join(folder, `wapiti-${who}.json`);
  const words = ["-u", `${url}/`, "--scope", "folder", "-m", "all", "-f", "json", "-o", report, "--flush-session", "--no-bugreport"];
  // How long it looks for pages, and how long each of its thirty modules tries what it found.
  words.push("--max-scan-time", whole ? "600" : "60", "--max-attack-time", whole ? "600" : "30", "--store-session", folder, "-H", "Sec-Fetch-Site: same-origin");
  if (cookie) words.push("-H", `Cookie: ${cookie}`, "-x", `${url}/sign-out`);
  const { said } = await run(join(tools, "wapiti/bin/wapiti"), words);
  const read = await readFile(report, "utf8").catch(() => undefined);
  if (!read) throw new Error(`wapiti made no report as ${who}:\n${said}`);
  const { vulnerabilities, anomalies } = JSON.parse(read);
  const lines = [];
  for (const [kind, found] of Object.entries({ ...vulnerabilities, ...anomalies })) {
    for (const finding of found) {
      const { method, path, parameter, info } = finding;
      if (kind === "LDAP Injection" && (await isUnlikeInWhatWasTypedAlone(url, cookie, finding))) continue;
      lines.push(`${kind} at ${method} ${path} ${parameter}: ${info}`);
    }
  }
  return lines.filter((line) => !isKnown(line)).map((line) => `wapiti, as ${who}: ${line}`);
}

/**
 * What sqlmap finds in one form.
 * @param {string} url @param {string} who @param {string} cookie @param {import("./lib/forms.mjs").Form} form @param {number} number
 */
async function sqlmap(url, who, cookie, form, number) {
  const body = new URLSearchParams(form.fields).toString();
  const heads = [`Host: ${new URL(url).host}`, "Sec-Fetch-Site: same-origin", ...(cookie ? [`Cookie: ${cookie}`] : [])];
  const lines =
    form.method === "post"
      ? [`POST ${form.action} HTTP/1.1`, ...heads, "Content-Type: application/x-www-form-urlencoded", `Content-Length: ${body.length}`, "", body]
      : [`GET ${form.action}?${body} HTTP/1.1`, ...heads, "", ""];
  const request = join(folder, `request-${who}-${number}.txt`);
  await writeFile(request, lines.join("\r\n"));
  const words = ["-r", request, "--batch", "--disable-coloring", "--flush-session", "--output-dir", join(folder, "sqlmap"), "--ignore-code", "*"];
  words.push(...(whole ? ["--level", "5", "--risk", "2"] : ["--level", "1", "--smart", "--technique", "BEU"]), "--skip", "Cookie");
  const { said } = await run(join(tools, "sqlmap/bin/sqlmap"), words);
  if (/is vulnerable|injection point\(s\)|appears to be .*injectable/i.test(said)) return [`sqlmap, as ${who}: ${form.action}\n${said}`];
  if (!/not appear to be injectable|all tested parameters|skipping|no parameter\(s\) found/i.test(said)) throw new Error(`sqlmap said nothing of ${form.action}:\n${said}`);
  return [];
}

/** Addresses that answer and that no list of ours has. @param {string} url @param {string} who @param {string} cookie */
async function ffuf(url, who, cookie) {
  const report = join(folder, `ffuf-${who}.json`);
  const words = ["-u", `${url}/FUZZ`, "-w", join(tools, "words.txt"), "-mc", "all", "-fc", "404", "-o", report, "-of", "json", "-s"];
  if (cookie) words.push("-H", `Cookie: ${cookie}`);
  const { said } = await run("ffuf", words);
  const read = await readFile(report, "utf8").catch(() => undefined);
  if (!read) throw new Error(`ffuf made no report as ${who}:\n${said}`);
  const ours = (path) => routeOf(path) ?? (path.startsWith("/assets/") || ["/health", "/council.css", "/api/openapi.json"].includes(path));
  return JSON.parse(read).results
    .map(({ url: place, status }) => ({ path: new URL(place).pathname, status }))
    .filter(({ path }) => !ours(path))
    .map(({ path, status }) => `ffuf, as ${who}: ${path} answered ${status}`);
}

/** What schemathesis finds in what programs may ask. @param {string} url @param {string} who @param {string | undefined} token */
async function schemathesis(url, who, token) {
  const words = ["--config-file", fileURLToPath(new URL("schemathesis.toml", import.meta.url)), "run", `${url}/api/openapi.json`, "-u", url, "-c", "all", "--max-examples", whole ? "1000" : "200", "--no-color", "--seed", "1"];
  if (token) words.push("-H", `Authorization: Bearer ${token}`);
  const { code, said } = await run(join(tools, "schemathesis/bin/st"), words);
  await writeFile(join(folder, `schemathesis-${who}.txt`), said);
  // Its own end says whether everything that it tried was as it must be; without a summary it tried nothing.
  if (!/=+ SUMMARY =+/.test(said)) throw new Error(`schemathesis made no report as ${who}:\n${said}`);
  return code === 0 ? [] : [`schemathesis, as ${who}:\n${said.slice(said.indexOf("FAILURES"))}`];
}

/** What is found by programs of each kind, and by one that shows no token. @param {string} url @param {[string, import("./lib/programs.mjs").LetIn][]} programs */
async function asPrograms(url, programs) {
  const found = await schemathesis(url, "nobody", undefined);
  for (const [who, letIn] of programs) found.push(...(await schemathesis(url, who, await tokenOf(url, letIn))));
  return found;
}

/** What is found as programs of each kind. */
async function attackedAsPrograms() {
  const first = await startRegister();
  const kinds = [["system", "Customer Relations"], ["directory", "Customer Relations"]];
  const programs = [];
  for (const [role, team] of kinds) programs.push([role, await letIn(first.folder, role, team)]);
  return within(await first.later(0), (register) => asPrograms(register.url, programs));
}

/** The shapes of forms that sqlmap has had. */
const tried = new Set();

/** What is found as one of the personas, or as nobody. @param {string} who */
async function attackedAs(who) {
  return within(await startRegister(), async (register) => {
    const context = await look(views.desktop, { baseURL: register.url });
    if (who !== "nobody") await signIn(await context.newPage(), register.url, personas[who]);
    const cookie = cookieOf(await context.storageState());
    await context.close();
    const forms = [];
    await explore(register.url, cookie, starts, (_, path, html) => forms.push(...formsOf(path, html)));
    // A form is the same wherever it stands: one of each action and set of fields, by whoever comes upon it first.
    const fresh = forms.filter(({ action, fields }) => {
      const shape = `${routeOf(action.split("?")[0])} ${fields.map(([name]) => name).join(" ")}`;
      return action !== "/sign-out" && fields.length > 0 && !tried.has(shape) && tried.add(shape);
    });
    console.log(`${who}: ${forms.length} forms, ${fresh.length} of them new`);
    const found = await ffuf(register.url, who, cookie);
    for (const [number, form] of fresh.entries()) found.push(...(await sqlmap(register.url, who, cookie, form, number)));
    found.push(...(await wapiti(register.url, who, cookie)));
    return found;
  });
}

/** Attacks a register that is thrown away afterwards: what the tools send is carried out, and the next of them begins with a whole one. */
async function within(register, attack) {
  try {
    const found = await attack(register);
    if (/panicked/.test(register.said())) found.push("the program panicked meanwhile");
    return found;
  } finally {
    await register.stop();
  }
}

const findings = [];
try {
  for (const who of attackers) {
    const found = who === PROGRAMS ? await attackedAsPrograms() : await attackedAs(who);
    console.log(`${who}: ${found.length === 0 ? "nothing found" : found.join("\n")}`);
    findings.push(...found);
  }
} finally {
  await closeBrowser();
}
await writeFile(join(folder, "findings.txt"), findings.join("\n"));
console.log(findings.length === 0 ? `nothing found in ${tried.size} forms, as ${attackers.join(", ")}` : findings.join("\n"));
process.exitCode = findings.length === 0 ? 0 : 1;
