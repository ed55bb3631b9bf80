/**
 * The end of a case: an entry that was made in error is off the register at once, and once their times are over the register itself
 * destroys every word of it, without anybody asking. The days pass for the program alone (`later`): it is started as on a later day.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { approved, isShown, notify, tell } from "../lib/entry.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";
import { personas } from "../lib/personas.mjs";
import { cookieOf, routes } from "../lib/routes.mjs";

const journey = journeys();

/** Nobody here is real. */
const CUSTOMER = { name: "Ottoline Vandersloot-Mbeki", address: "41 Chandlers Reach, Marlham", postcode: "WV7 5TN" };

/** Words of every part of the case: who, where, the report, the assessment, the plan, the decision, the letters, the removal. */
const WORDS = [
  "Vandersloot",
  "Chandlers Reach",
  "WV7 5TN",
  "spade",
  "ward councillor",
  "A threat with a tool in hand",
  "the officer has met him twice",
  "The safety of whoever calls about repairs",
  "A credible threat; nobody was hurt",
  "Every test holds on what was recorded",
  "She believed that you meant to hurt her",
  "the house next door",
  "You did nothing wrong",
];

/** So many seconds the register has to destroy what is due: it looks as soon as it is started. */
const TRIES = 60;

/** Days from now, each a little past a time of the policy: six months, twelve, the day after, and the fifteen of a decision file. */
const PAST = { measure: 200, incident: 380, subject: 381, decisionFile: 480 };

/** What stands in the place of a part of an address, where it is no file of the case. */
const PARTS = { "{test}": "specific-incident", "{occasion}": "apology" };

/**
 * The text of every page and PDF that the router has for the files of a case, as somebody finds them.
 * @param {import("playwright-core").Page} page @param {string} url @param {Record<string, string>} files
 */
async function everyPage(page, url, files) {
  const headers = { cookie: cookieOf(await page.context().storageState()) };
  const parts = { "{measure}": files.measure, "{incident}": files.incident, "{subject}": files.subject, ...PARTS };
  const addresses = routes
    .filter((route) => /^\/(measures|incidents|subjects)\/\{(measure|incident|subject)\}/.test(route))
    .map((route) => route.replace(/\{\w+\}/g, (part) => parts[part] ?? part));
  const pages = new Map();
  for (const address of addresses) {
    const answer = await fetch(url + address, { headers });
    assert.ok(answer.status < 500, `${address} was answered with ${answer.status}`);
    const isPdf = answer.headers.get("content-type")?.includes("pdf");
    const text = isPdf ? spawnSync("pdftotext", ["-", "-"], { input: Buffer.from(await answer.arrayBuffer()) }).stdout : await answer.text();
    pages.set(address, String(text));
  }
  return pages;
}

/** Where a word of the case still stands. */
const found = (pages) =>
  [...pages].flatMap(([address, text]) => WORDS.filter((word) => text.includes(word)).map((word) => `${word} on ${address}`));

/**
 * What the certificate of a file says, reached from the page of what is destroyed, once the register has destroyed the file's words.
 * @param {import("playwright-core").Page} page @param {string} file @param {string} keptAs
 */
async function certificate(page, file, keptAs) {
  const hands = mouse(page);
  const row = page.getByRole("row").filter({ hasText: file }).filter({ hasText: keptAs });
  const older = page.getByRole("link", { name: /Older/ });
  for (let tries = 0; tries < TRIES; tries += 1) {
    await page.goto("/retention");
    await hands.press(page.getByRole("link", { name: "certificates of destruction" }));
    while (!(await row.count()) && (await older.count())) await hands.press(older);
    if (await row.count()) {
      await hands.press(row.getByRole("link"));
      return page.locator("main").innerText();
    }
    await pause(1_000);
  }
  assert.fail(`the register did not destroy ${file} by itself`);
}

/**
 * Those who answer for access say that the people of this journey keep it: or their accounts would lapse in the months that are left out.
 * @param {(persona: string) => Promise<import("playwright-core").Page>} as
 */
async function keepAccess(as) {
  const registerTeam = await as("registerTeam");
  await registerTeam.goto("/teams");
  const teams = await registerTeam.locator('main a[href$="/people"]').evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const answers = {
    registerTeam: ["dataProtection", "decisionMaker", "auditor", "lineManager"],
    decisionMaker: ["registerTeam"],
    lineManager: ["officer"],
  };
  for (const [persona, others] of Object.entries(answers)) {
    const page = await as(persona);
    for (const team of teams) {
      await page.goto(team);
      let said = 0;
      for (const other of others) {
        const answer = page.getByLabel(personas[other].name, { exact: true });
        if (await answer.count()) said += (await answer.selectOption("keeps")).length;
      }
      if (said) await page.getByRole("button", { name: "Save answers" }).click();
    }
  }
}

journey("the register destroys a case by itself when its times are over, and leaves certificates", {}, async ({ url, as, later, verify }) => {
  const entry = await approved(as, CUSTOMER);
  const { measure, incident, registerTeam, other, officer } = entry;
  await notify(entry);
  const hands = mouse(registerTeam);
  await registerTeam.goto(`/measures/${measure}/remove`);
  await hands.choose(registerTeam.getByRole("radio", { name: /^Wrong person/ }));
  await hands.type(registerTeam.getByLabel("What shows it?"), "The report was about the house next door.");
  await hands.press(registerTeam.getByRole("button", { name: "Remove it", exact: true }));
  await tell(registerTeam, other, measure, "apology", "You did nothing wrong. We have the house next door in mind.");
  await registerTeam.goto(`/measures/${measure}`);
  await hands.press(registerTeam.getByRole("link", { name: "Open the subject’s file" }));
  const subject = new URL(registerTeam.url()).pathname.split("/")[2];
  const files = { measure, incident, subject };
  const kept = [...(await everyPage(registerTeam, url, files)).values()];
  for (const word of WORDS) assert.ok(kept.some((text) => text.includes(word)), `while the case is kept, "${word}" is on a page of it`);
  assert.ok(!(await isShown(officer, CUSTOMER)), "what was removed is not shown");

  await later(PAST.measure);
  await keepAccess(as);
  const protection = await as("dataProtection");
  assert.match(await certificate(protection, measure, "Register entry"), /Last day kept\s+.*\s+Destroyed\s+.* by the register itself/);
  await protection.goto(`/measures/${measure}`);
  assert.match(await protection.locator("main").innerText(), /Why\s+Destroyed, because its time had come/);

  await later(PAST.incident);
  assert.match(await certificate(await as("dataProtection"), incident, "Incident record"), /Time kept\s+12 months/);
  await later(PAST.subject);
  await keepAccess(as);
  const day = await as("dataProtection");
  const last = await certificate(day, subject, "Subject’s file");
  assert.match(last, /Destroyed\s+[^,]*, by the register itself/, "on its first day: nothing was late");
  await day.goto(`/subjects/${subject}`);
  assert.match(await day.locator("main").innerText(), /The particulars of this file have been destroyed/);
  await later(PAST.decisionFile);
  await certificate(await as("dataProtection"), measure, "Sealed decision file");

  for (const persona of ["dataProtection", "registerTeam", "decisionMaker", "auditor"]) {
    assert.deepEqual(found(await everyPage(await as(persona), url, files)), [], `what ${persona} is shown`);
  }
  const asks = await as("officer");
  await isShown(asks, CUSTOMER);
  assert.match(await asks.locator(".psr-verdict").innerText(), /^None found/);
  assert.match(await verify(), /All is sound/);
});
