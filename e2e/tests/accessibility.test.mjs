/**
 * Every page of the router, as each role finds it by following links, in the states that a person can bring it to, is accessible at a
 * desk, on a phone and at 320 px. A route that nobody reaches here fails the last test: reach it, or say below why it is not a page.
 */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { views } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";
import { personas } from "../lib/personas.mjs";
import { report } from "../lib/report.mjs";
import { cookieOf, explore, routeOf, routes } from "../lib/routes.mjs";

const journey = journeys();
const widths = [views.desktop, views.phone, views.narrow];

/** Addresses that are not pages. */
const NOT_PAGES = {
  "/sign-in/set-up/picture.svg": "a picture within the page that is looked at",
  "/incidents/new/{report}": "leads on to where the report was left",
  "/incidents/{incident}/files/{attachment}": "a file to save",
  "/measures/{measure}/interim.pdf": "a PDF, judged by a checker of its own",
  "/measures/{measure}/letter.pdf": "a PDF, judged by a checker of its own",
};

/** The roles that are looked through, the one who sees most of each part first. */
const ROLES = ["registerTeam", "decisionMaker", "dataProtection", "administrator", "governanceGroup", "lineManager", "officer", "member"];

/** How often a route is looked at by following links: pages differ by who reads them and by how far a file has come. */
const LOOKS = 3;

/** The forms that change something; signing out is in the header. */
const FORM = "main form[method=post]";

/** @type {Set<string>} */
const tried = new Set();

/** @type {Map<string, number>} */
const looked = new Map();

/** Judges a page as it stands in every width. @param {import("playwright-core").Page} page @param {string} name */
async function judged(page, name) {
  const route = routeOf(new URL(page.url()).pathname);
  if (route) looked.set(route, (looked.get(route) ?? 0) + 1);
  for (const view of widths) {
    await page.setViewportSize(view);
    await accessible(page, `${name} (${view.name})`);
  }
}

/** Does every task and throws what they threw together. @param {(() => Promise<void>)[]} tasks */
async function all(tasks) {
  const faults = [];
  for (const task of tasks) await task().catch((fault) => faults.push(fault.message));
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

journey("signing in, its mistakes and its second factor are accessible", {}, async ({ page }) => {
  const hands = mouse(page);
  await page.goto("/sign-in");
  await judged(page, "sign in");
  await hands.press(page.getByRole("button", { name: "Continue" }));
  await judged(page, "sign in, empty");
  await page.goto("/sign-in/invitation");
  await judged(page, "invitation");
  await hands.press(page.getByRole("button", { name: "Save password" }));
  await judged(page, "invitation, empty");
  await page.goto("/sign-in");
  await hands.type(page.getByLabel("Email address"), personas.auditor.email);
  await hands.type(page.getByLabel("Password", { exact: true }), personas.auditor.password);
  await hands.press(page.getByRole("button", { name: "Continue" }));
  await judged(page, "code");
  await hands.press(page.getByRole("button", { name: "Continue" }));
  await judged(page, "code, empty");
});

journey("a new colleague is invited, chooses a password and sets up an app on accessible pages", { as: "administrator" }, async ({ page, as }) => {
  const hands = mouse(page);
  await page.goto("/accounts/new");
  await hands.type(page.getByLabel(/full name/i), "Ottoline Threadgold");
  await hands.type(page.getByLabel(/email/i), "ottoline.threadgold@wyvernshire.example");
  await page.getByLabel("Team", { exact: true }).selectOption({ index: 1 });
  await hands.choose(page.getByRole("checkbox", { name: /register team/i }));
  await hands.press(page.getByRole("button", { name: "Open account" }));
  await judged(page, "new account");
  await hands.press(page.getByRole("button", { name: "Make an invitation code" }));
  await judged(page, "invitation code");
  const code = (await page.locator(".govuk-panel strong").innerText()).trim();

  const theirs = await as(undefined);
  const newcomer = mouse(theirs);
  await theirs.goto("/sign-in/invitation");
  await newcomer.type(theirs.getByLabel("Invitation code"), code);
  await newcomer.type(theirs.getByLabel("New password"), "heron lantern gravel");
  await newcomer.press(theirs.getByRole("button", { name: "Save password" }));
  await newcomer.type(theirs.getByLabel("Email address"), "ottoline.threadgold@wyvernshire.example");
  await newcomer.type(theirs.getByLabel("Password", { exact: true }), "heron lantern gravel");
  await newcomer.press(theirs.getByRole("button", { name: "Continue" }));
  await judged(theirs, "set up an app");
});

journey("every page of a report is accessible, and so is each after it was sent empty or far too long", { as: "officer" }, async ({ page }) => {
  const hands = mouse(page);
  await report(page, hands, (name) => judged(page, `report: ${name}`));
  await page.goto("/incidents/new");
  await hands.choose(page.getByRole("radio", { name: /nobody has been called/ }));
  await hands.press(page.getByRole("button", { name: "Continue" }));
  await judged(page, "report: ring 999");
});

journey("each answer to a check is accessible", { as: "officer" }, async ({ page }) => {
  const hands = mouse(page);
  await check(page, hands, {});
  await judged(page, "check, empty");
  await check(page, hands, { Name: "Shavon Mcguire Okafor", Address: "flat 2, 9 Tannery Row" });
  await judged(page, "check: marker");
  await hands.press(page.getByRole("button", { name: "I have read this and will do it" }));
  await judged(page, "check: acknowledged");
  await check(page, hands, { Name: "Rianon Rhydderch" });
  await judged(page, "check: marker, its review overdue");
  await check(page, hands, { Name: "Darius Wisniarchik" });
  await judged(page, "check: interim marker");
  await check(page, hands, { Name: "Clive Rushbrook-Hale" }, /call/i);
  await judged(page, "check: restriction");
  await check(page, hands, { Address: "9 Tannery Row" });
  assert.equal(await page.locator(".psr-verdict--possible").count(), 1);
  await judged(page, "check: possible");
  await check(page, hands, { Name: "Nobody Atall", Postcode: "ZZ1 1ZZ" });
  await judged(page, "check: none found");
  await page.goto("/nowhere");
  await judged(page, "not found");
  await page.goto("/accounts");
  await judged(page, "not permitted");
});

for (const role of ROLES) {
  journey(`every page that ${personas[role].name} reaches by links is accessible`, { as: role }, async ({ page, url }) => {
    const found = await explore(url, cookieOf(await page.context().storageState()), ["/"]);
    const places = [...found].flatMap(([route, paths]) => sample(paths, LOOKS - (looked.get(route) ?? 0)));
    await all(places.map((path) => async () => {
      await page.goto(path);
      await judged(page, `${role} at ${routeOf(path)}`);
    }));
  });

  journey(`every form that ${personas[role].name} reaches stays accessible when sent empty and far too long`, { as: role }, async ({ page, url }) => {
    const found = await explore(url, cookieOf(await page.context().storageState()), ["/"]);
    await all([...found].map(([route, [path]]) => async () => {
      if (NOT_PAGES[route]) return;
      await page.goto(path);
      for (let index = 0; index < (await page.locator(FORM).count()); index += 1) {
        const form = `form ${index + 1} at ${route}`;
        if (tried.has(form)) continue;
        tried.add(form);
        for (const [state, words] of [["empty", ""], ["far too long", "Endless".repeat(2_000)]]) {
          await sent(page, page.locator(FORM).nth(index), words);
          await judged(page, `${role}, ${form} sent ${state}`);
          await page.goto(path);
        }
      }
    }));
  });
}

/** Some of the addresses of a route, from all over the list. @param {string[]} paths @param {number} most */
function sample(paths, most) {
  if (NOT_PAGES[routeOf(paths[0])] || most < 1) return [];
  const step = Math.max(1, Math.floor(paths.length / most));
  return paths.filter((_, index) => index % step === 0).slice(0, most);
}

/**
 * Sends a form with the same words in every field that takes words.
 * @param {import("playwright-core").Page} page
 * @param {import("playwright-core").Locator} form
 * @param {string} words
 */
async function sent(page, form, words) {
  await form.evaluate((element, typed) => {
    for (const field of element.querySelectorAll("input:is([type=text], [type=email], [type=tel]), textarea")) field.value = typed;
  }, words);
  await Promise.all([page.waitForEvent("load"), form.evaluate((element) => element.submit())]);
}

journey("no page of the router was left out", {}, async () => {
  const left = routes.filter((route) => !looked.has(route) && !NOT_PAGES[route]);
  assert.deepEqual(left, []);
  assert.deepEqual(Object.keys(NOT_PAGES).filter((route) => !routes.includes(route)), []);
});
