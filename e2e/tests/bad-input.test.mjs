/**
 * Every form that somebody reaches, sent as no page would send it: never a fault, and where something is wrong the page comes back with
 * a summary that leads to each field and with everything that was typed. What a right answer leads to is not here but in the journeys.
 */

import assert from "node:assert/strict";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";
import { personas } from "../lib/personas.mjs";
import { consult, proposeInterim } from "../lib/policy.mjs";
import { answer } from "../lib/report.mjs";
import { cookieOf, explore, routeOf } from "../lib/routes.mjs";

const journey = journeys();

/**
 * A form as it stands in a page.
 * @typedef {{ key: string, place: string, fields: { name: string, kind: string, value: string, options: string[] }[] }} Form
 * @typedef {[string, string][]} Sent name and value, in order
 */

const words = ["text", "email", "tel", "password", "textarea"];
const choices = ["radio", "checkbox", "select"];

/** @param {Form} form @param {(field: Form["fields"][number]) => string[]} typed */
const filled = (form, typed) =>
  /** @type {Sent} */ (form.fields.flatMap((field) => typed(field).map((value) => [field.name, value])));
const first = (field) => (field.kind === "hidden" ? [field.value] : choices.includes(field.kind) ? field.options.slice(0, 1) : []);
const text = (typed) => (field) => (words.includes(field.kind) ? [typed] : first(field));

/** How a form is ill-used. @type {[string, (form: Form) => Sent][]} */
const MISUSES = [
  ["empty", (form) => filled(form, (field) => (field.kind === "hidden" ? [field.value] : words.includes(field.kind) ? [""] : []))],
  ["with nothing at all", () => []],
  ["with spaces only", (form) => filled(form, text("   \u00a0\u2003\u3000 "))],
  ["far too long", (form) => filled(form, text("Endless".repeat(4_000)))],
  ["in every script, with marks", (form) => filled(form, text("Zoë 👩‍👩‍👧 \u202eevil\u202c ﷽ Ⅷ ß İ \u0301\u0301\u0301 <script>alert(1)</script> '\" {{7*7}} &amp;"))],
  ["with control characters", (form) => filled(form, text("a\u0000b\u0007c\u001b[2Jd\u007fe\u0085f\ufffe"))],
  ["with numbers where none can be", (form) => filled(form, text("-99999999999999999999"))],
  ["with choices that do not exist", (form) => filled(form, (field) => (choices.includes(field.kind) ? ["no-such-choice"] : text("Word")(field)))],
  ["with every choice at once", (form) => filled(form, (field) => (choices.includes(field.kind) ? field.options : text("Word")(field)))],
  ["with another page’s fields", (form) => [...filled(form, first), ["surname", "X"], ["role", "administrator"], ["__proto__", "X"]]],
  ["without its hidden fields", (form) => filled(form, (field) => (field.kind === "hidden" ? [] : text("Word")(field)))],
  ["with a command that is none", (form) => filled(form, (field) => (field.name === "command" ? ["'; --"] : text("")(field)))],
];

/** Forms that may be sent empty: each says why nothing in it has to be given. Where an address takes several forms, with the act of the form. */
const MAY_BE_EMPTY = {
  "/account/home": "whoever gives no address takes it back",
  "/account/recovery-codes": "one button",
  "/account/sessions/end-others": "one button",
  "/accounts/{account}/invitation": "one button",
  "/accounts/{account}/second-factor": "one button",
  "/accounts/{account}/roles/agree": "one button",
  "/accounts/{account}/invitation/agree": "one button",
  "/accounts/{account}/second-factor/agree": "one button",
  "/accounts/{account}/close": "one button",
  "/check/planned/{check}": "one button",
  "/check/planned/{check}/stop": "one button",
  "/measures/{measure}/interim/agree": "one button",
  "/measures/{measure}/interim/refuse": "one button",
  "/measures/{measure}/letter approve": "one button",
  "/measures/{measure}/letters/{occasion} approve": "one button",
  "/partners/{partner} confirm": "one button",
  "/withdrawals": "one button",
  "/meetings/{meeting}/actions/{action}": "one button",
  "/incidents/new/{report}/evidence": "there may be none",
  "/incidents/new/{report}/check": "the answers are in the draft",
  "/incidents/new/{report}/emergency": "one button",
  "/incidents/new/{report}/danger": "the draft keeps the answer given before",
};

/** @param {Form} form */
const mayBeEmpty = (form) => MAY_BE_EMPTY[form.key] !== undefined;

/** Runs in the browser: what a page holds. @param {string} html */
function readPage(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const kind = (field) => (field.tagName === "INPUT" ? field.type : field.tagName.toLowerCase());
  const forms = [...page.querySelectorAll("main form[method=post]")].map((form) => {
    /** @type {Map<string, object>} */
    const fields = new Map();
    for (const field of form.querySelectorAll("input[name], select[name], textarea[name]")) {
      const known = fields.get(field.name) ?? { name: field.name, kind: kind(field), value: field.value, options: [] };
      if (field.tagName === "SELECT") known.options = [...field.options].map((option) => option.value).filter(Boolean);
      else if (["radio", "checkbox"].includes(field.type)) known.options.push(field.value);
      fields.set(field.name, known);
    }
    return { action: form.getAttribute("action"), multipart: form.enctype.startsWith("multipart"), fields: [...fields.values()] };
  });
  const summary = [...page.querySelectorAll(".govuk-error-summary__list a")].map((link) => link.getAttribute("href"));
  return {
    forms,
    title: page.title,
    hasSummary: page.querySelector(".govuk-error-summary") !== null,
    lost: summary.filter((href) => !href?.startsWith("#") || !page.getElementById(href.slice(1))),
    links: summary.length,
    scripts: [...page.querySelectorAll("main script")].length,
    kept: page.querySelector("#kept")?.textContent ?? "",
    values: Object.fromEntries([...page.querySelectorAll("main input, main textarea")].map((field) => [field.name, field.value])),
  };
}

/** @param {string} url @param {string} place @param {Sent} sent @param {string} cookie @param {boolean} multipart */
function post(url, place, sent, cookie, multipart) {
  const body = multipart ? new FormData() : new URLSearchParams();
  for (const [name, value] of sent) body.append(name, value);
  return fetch(url + place, { method: "POST", body, headers: { cookie, origin: url, "sec-fetch-site": "same-origin" }, redirect: "manual" });
}

/** What is wrong with an answer to an ill-used form, or nothing. */
async function faultOf(page, url, form, misuse, sent, answer) {
  const case_ = `${form.key}, sent ${misuse}`;
  if (answer.status >= 500) return `${case_}: answered with ${answer.status}`;
  const html = await answer.text();
  if (misuse === "empty" && !mayBeEmpty(form) && answer.status !== 422) return `${case_}: answered with ${answer.status}, not 422`;
  if (answer.status !== 422) return answer.status < 400 || [403, 404].includes(answer.status) ? undefined : `${case_}: answered with ${answer.status}`;
  const seen = await page.evaluate(readPage, html);
  if (!seen.title.startsWith("Error: ")) return `${case_}: the title does not begin with “Error:”`;
  if (!seen.hasSummary) return `${case_}: there is no summary of what is wrong`;
  if (seen.lost.length > 0) return `${case_}: the summary leads to ${seen.lost}, which is not on the page`;
  if (seen.scripts > 0) return `${case_}: what was typed became a script`;
  const plain = (typed) => typed.replace(/\r\n?/g, "\n").replace(/[\u0000-\u001f\u007f-\u009f\ufffd\ufffe]/g, "").trim();
  const solid = (typed) => typed.replace(/\s/g, "");
  for (const [name, typed] of sent) {
    const field = form.fields.find((known) => known.name === name);
    if (!["text", "email", "tel", "textarea"].includes(field?.kind)) continue;
    const isKept = name in seen.values ? plain(seen.values[name]) === plain(typed) : solid(seen.kept).includes(solid(plain(typed)));
    if (!isKept) return `${case_}: what was typed into “${name}” is not kept`;
  }
  return undefined;
}

/** @type {Set<string>} */
const tried = new Set();

/** Ill-uses every form of the given addresses that was not tried before. */
async function misuseAll(page, url, paths) {
  const cookie = cookieOf(await page.context().storageState());
  const faults = [];
  for (const path of paths) {
    const html = await (await fetch(url + path, { headers: { cookie } })).text();
    for (const { action, multipart, fields } of (await page.evaluate(readPage, html)).forms) {
      const place = action ?? path;
      const act = fields.find(({ name, kind }) => name === "act" && kind === "hidden");
      const form = { key: [routeOf(place) ?? place, act?.value].filter(Boolean).join(" "), place, fields };
      if (tried.has(form.key)) continue;
      tried.add(form.key);
      for (const [misuse, fill] of MISUSES) {
        const sent = fill(form);
        const answer = await post(url, place, sent, cookie, multipart);
        const fault = await faultOf(page, url, form, misuse, sent, answer);
        if (fault) faults.push(fault);
      }
    }
  }
  assert.deepEqual(faults, []);
}

journey("signing in bears whatever is sent to it", {}, async ({ page, url }) => {
  await page.goto("/sign-in");
  await misuseAll(page, url, ["/sign-in", "/sign-in/invitation"]);
});

journey("every page of a report bears whatever is sent to it", { as: "officer" }, async ({ page, url }) => {
  await page.goto("/incidents/new");
  await answer(page, mouse(page));
  const draft = new URL(page.url()).pathname.replace(/\/check$/, "");
  const questions = ["danger", "when", "who", "what", "harm", "needs", "contact", "evidence", "you", "emergency"];
  await misuseAll(page, url, ["/incidents/new", ...questions.map((question) => `${draft}/${question}`)]);
});

for (const role of ["registerTeam", "decisionMaker", "dataProtection", "administrator", "governanceGroup", "lineManager", "member", "policyOwner"]) {
  journey(`every form that ${personas[role].name} reaches bears whatever is sent to it`, { as: role }, async ({ page, url }) => {
    const found = await explore(url, cookieOf(await page.context().storageState()), ["/"]);
    const reports = (route) => route.startsWith("/incidents/new");
    await misuseAll(page, url, [...found].filter(([route]) => !reports(route)).flatMap(([, paths]) => paths));
  });
}

journey("every form of a change of the policy bears whatever is sent to it", { as: "policyOwner" }, async ({ page, url, as }) => {
  const cabinet = await as("cabinetMember");
  await cabinet.goto("/policy");
  // What is sent may settle the change: whoever answers next is given another.
  for (const by of [page, cabinet]) {
    await proposeInterim(page, mouse(page), "9");
    await consult(page, mouse(page));
    await misuseAll(by, url, ["/policy/proposal"]);
  }
});

journey("a report sent twice is filed once", { as: "officer" }, async ({ page, url }) => {
  await page.goto("/incidents/new");
  await answer(page, mouse(page));
  const cookie = cookieOf(await page.context().storageState());
  const place = new URL(page.url()).pathname;
  const answers = [await post(url, place, [], cookie, false), await post(url, place, [], cookie, false)];
  assert.deepEqual(answers.map((one) => one.status), [303, 303]);
  assert.equal(answers[0].headers.get("location"), answers[1].headers.get("location"));
});
