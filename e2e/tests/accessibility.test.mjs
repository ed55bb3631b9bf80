/**
 * Every page of the router, as each role finds it by following links, in the states that a person can bring it to, is accessible at a
 * desk, on a phone and at 320 px. A route that nobody reaches here fails the last test: reach it, or say below why it is not a page.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { accessible } from "../lib/accessible.mjs";
import { views } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { typeDate } from "../lib/date.mjs";
import { approve, propose, stage } from "../lib/imports.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";
import { personas } from "../lib/personas.mjs";
import { consult, proposeInterim, reject } from "../lib/policy.mjs";
import { report } from "../lib/report.mjs";
import { cookieOf, explore, routeOf, routes } from "../lib/routes.mjs";
import { screen } from "../lib/screening.mjs";
import { totp } from "../lib/totp.mjs";

const journey = journeys();

/** No breakpoint of the style sheet lies between the two narrow widths: what one of them shows, the other shows, only wider. */
const widths = /** @type {const} */ ([[views.desktop, "every rule"], [views.narrow, "every rule"], [views.phone, "layout"]]);

/** Addresses that are not pages. */
const NOT_PAGES = {
  "/glass/{number}": "opens to whoever broke it alone, for an hour: looked at in its own journey",
  "/ready/passkey": "is there only where a setting asks for a passkey: looked at in its own journey",
  "/sign-in/council": "leads to the council’s own sign-on",
  "/sign-in/council/return": "leads on from there",
  "/sign-in/set-up/picture.svg": "a picture within the page that is looked at",
  "/incidents/new/{report}": "leads on to where the report was left",
  "/incidents/{incident}/files/{attachment}": "a file to save",
  "/measures/{measure}/bundle.pdf": "a PDF, judged by a checker of its own",
  "/measures/{measure}/interim.pdf": "a PDF, judged by a checker of its own",
  "/measures/{measure}/letter.pdf": "a PDF, judged by a checker of its own",
  "/check/receipts/{check}": "a file to save",
  "/measures/{measure}/letter.json": "a file to save",
  "/measures/{measure}/letters/{occasion}/json": "a file to save",
  "/measures/{measure}/letters/{occasion}/pdf": "a PDF, judged by a checker of its own",
  "/meetings/{meeting}/pack.pdf": "a PDF, judged by a checker of its own",
  "/meetings/{meeting}/minutes.pdf": "a PDF, judged by a checker of its own",
  "/numbers/{table}/table.csv": "a file to save",
  "/screening/{list}/answers.csv": "a file to save",
  "/subjects/{subject}/looks.pdf": "a PDF, judged by a checker of its own",
  "/subjects/{subject}/looks.json": "a file to save",
  "/retention/certificates/{file}/certificate.pdf": "a PDF, judged by a checker of its own",
};

/** The roles that are looked through, the one who sees most of each part first. */
const ROLES = ["registerTeam", "decisionMaker", "dataProtection", "administrator", "governanceGroup", "lineManager", "officer", "member", "policyOwner"];

/**
 * How often a route is looked at, at most, by following links: pages differ by who reads them and by how far a file has come. Only a page
 * is looked at that is built otherwise than those of its route before it.
 */
const LOOKS = 3;

/** @type {Set<string>} */
const tried = new Set();

/** @type {Map<string, number>} */
const looked = new Map();

/** Of each route, what the pages judged so far are built of. @type {Map<string, Set<string>>} */
const built = new Map();

/**
 * What somebody finds by following links: the addresses of each route, and what the page at each is built of.
 * @typedef {{ found: Map<string, string[]>, parts: Map<string, Set<string>> }} Explored
 * @type {Map<string, Explored>}
 */
const explored = new Map();

/** Explores as somebody, once. @param {string} role @param {import("playwright-core").Page} page @param {string} url */
async function exploredBy(role, page, url) {
  if (!explored.has(role)) {
    const parts = new Map();
    const cookie = cookieOf(await page.context().storageState());
    const found = await explore(url, cookie, ["/"], (_, path, html) => parts.set(path, partsOf(html)));
    explored.set(role, { found, parts });
  }
  return explored.get(role);
}

/** Every kind of element in a page: its name, classes and attributes, without words and references. @param {string} html */
function partsOf(html) {
  return new Set([...html.matchAll(/<([a-z]\w*)((?:\s+[\w-]+(?:="[^"]*")?)*)/g)].map(([, name, attributes]) => {
    const kept = [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
    return name + kept.map(([, key, value]) => (["class", "type", "role"].includes(key) ? `[${key}=${value}]` : `[${key}]`)).join("");
  }));
}

/** Judges a page as it stands in every width. @param {import("playwright-core").Page} page @param {string} name */
async function judged(page, name) {
  const route = routeOf(new URL(page.url()).pathname);
  if (route) looked.set(route, (looked.get(route) ?? 0) + 1);
  for (const [view, by] of widths) {
    await page.setViewportSize(view);
    await accessible(page, `${name} (${view.name})`, by);
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
  await page.getByText("I no longer have my authenticator app").click();
  await hands.press(page.getByRole("link", { name: "use one of them" }));
  await judged(page, "recovery code");
  await hands.press(page.getByRole("button", { name: "Continue" }));
  await judged(page, "recovery code, empty");
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
  const account = page.url();
  await hands.press(page.getByRole("button", { name: "Make an invitation code" }));
  await judged(page, "half an invitation code");
  const half = (of) => of.locator(".govuk-panel strong").innerText();
  const one = await half(page);

  const second = await as("registerTeam");
  const other = mouse(second);
  await second.goto(account);
  await judged(second, "account that waits for a second person");
  const agree = (what) => second.locator(`form[action$="/${what}/agree"]`).getByRole("button", { name: "Agree" });
  await other.press(agree("roles"));
  await other.press(agree("invitation"));
  await judged(second, "the other half of an invitation code");

  const theirs = await as(undefined);
  const newcomer = mouse(theirs);
  await theirs.goto("/sign-in/invitation");
  await newcomer.type(theirs.getByLabel("Invitation code"), one);
  await newcomer.type(theirs.getByLabel("Second half of the code, if you were given two"), await half(second));
  await newcomer.type(theirs.getByLabel("New password"), "heron lantern gravel");
  await newcomer.press(theirs.getByRole("button", { name: "Save password" }));
  await newcomer.type(theirs.getByLabel("Email address"), "ottoline.threadgold@wyvernshire.example");
  await newcomer.type(theirs.getByLabel("Password", { exact: true }), "heron lantern gravel");
  await newcomer.press(theirs.getByRole("button", { name: "Continue" }));
  await judged(theirs, "set up an app");
  const secret = (await theirs.locator("details strong").textContent()) ?? "";
  await newcomer.type(theirs.getByLabel("Code"), totp(secret));
  await newcomer.press(theirs.getByRole("button", { name: "Continue" }));
  await judged(theirs, "before the register is used");
  for (const place of ["/ready/policy", "/ready/conduct", "/ready/training", "/ready/training?page=2", "/ready/training/questions"]) {
    await theirs.goto(place);
    await judged(theirs, `before the register is used: ${place}`);
  }
  await newcomer.press(theirs.getByRole("button", { name: "Hand in" }));
  await judged(theirs, "training, marked");
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
  await hands.press(page.getByRole("link", { name: "Log what this customer sent or said" }));
  await judged(page, "contact to log");
  await page.goto(new URL(page.url()).pathname.replace(/new$/, "logged"));
  await judged(page, "contact logged");
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

journey("a change of the policy is accessible to whoever proposes it and to whoever endorses it", { as: "policyOwner" }, async ({ page, as }) => {
  await page.goto("/policy/proposal");
  await judged(page, "no change of the policy");
  await proposeInterim(page, mouse(page), "9", (name) => judged(page, name));
  await consult(page, mouse(page));
  await judged(page, "change of the policy, consulted on");
  const second = await as("cabinetMember");
  await second.goto("/policy/proposal");
  await judged(second, "change of the policy, to be endorsed");
  await reject(second, mouse(second));
  await judged(second, "policy with a rejected change");
});

journey("what is delivered to a partner is accessible", { as: "partner" }, async ({ page }) => {
  await page.goto("/deliveries");
  await judged(page, "deliveries");
});

journey("looks that are asked about are accessible to whoever oversees them and to their reader", { as: "officer" }, async ({ page, as }) => {
  await check(page, mouse(page), { Name: personas.officer.name });
  const overseer = await as("dataProtection");
  await overseer.goto("/oversight");
  await overseer.getByRole("row", { name: /About the reader themselves/ }).first().getByRole("link").last().click();
  await judged(overseer, "a look that stands out");
  await overseer.getByRole("button", { name: "Close these looks" }).click();
  await judged(overseer, "a look that stands out, empty");
  await overseer.getByLabel("What do you want to know?").fill("What was this for?");
  await overseer.getByRole("button", { name: "Ask them" }).click();
  await judged(overseer, "a look that was asked about");
  await page.goto("/account/looks");
  await judged(page, "questions about looks");
  await page.getByRole("button", { name: "Send your answer" }).click();
  await judged(page, "questions about looks, empty");
});

for (const role of ROLES) {
  journey(`every page that ${personas[role].name} reaches by links is accessible`, { as: role }, async ({ page, url }) => {
    const { found, parts } = await exploredBy(role, page, url);
    const places = [...found].flatMap(([route, paths]) => distinct(route, paths, parts));
    await all(places.map((path) => async () => {
      await page.goto(path);
      await judged(page, `${role} at ${routeOf(path)}`);
    }));
  });

  journey(`every form that ${personas[role].name} reaches stays accessible when sent empty and far too long`, { as: role }, async ({ page, url }) => {
    const { found } = await exploredBy(role, page, url);
    await all([...found].map(([route, [path]]) => async () => {
      if (NOT_PAGES[route]) return;
      await page.goto(path);
      for (const form of await page.evaluate(formsOf)) {
        const called = `${routeOf(form.action) ?? route} ${form.act}`.trim();
        if (tried.has(called)) continue;
        tried.add(called);
        for (const [state, words] of [["empty", ""], ["far too long", "Endless".repeat(2_000)]]) {
          await page.goto(path);
          if (!(await sent(page, form, words))) break;
          await judged(page, `${role}, form ${called} sent ${state}`);
        }
      }
    }));
  });
}

/**
 * The pages of a route that show something no judged page of it did, those that show the most of it first, as far as looks are left.
 * @param {string} route @param {string[]} paths @param {Map<string, Set<string>>} parts
 */
function distinct(route, paths, parts) {
  if (NOT_PAGES[route]) return [];
  const known = built.get(route) ?? new Set();
  built.set(route, known);
  const fresh = (path) => [...(parts.get(path) ?? ["a page"])].filter((part) => !known.has(part));
  const chosen = [];
  for (let left = LOOKS - (looked.get(route) ?? 0); left > 0; left -= 1) {
    const [best] = paths.filter((path) => !chosen.includes(path)).sort((one, other) => fresh(other).length - fresh(one).length);
    if (best === undefined || fresh(best).length === 0) break;
    for (const part of fresh(best)) known.add(part);
    chosen.push(best);
  }
  return chosen;
}

/** Runs in the page: the forms that change something; signing out is in the header. */
function formsOf() {
  return [...document.querySelectorAll("main form[method=post]")].map((form) => ({
    action: new URL(form.action).pathname,
    act: form.querySelector("input[type=hidden][name=act]")?.value ?? "",
  }));
}

/**
 * Sends a form with the same words in every field that takes words. Resolves to whether there was such a form: one that has no fields is
 * carried out when it is first sent, and its page moves on.
 * @param {import("playwright-core").Page} page
 * @param {{ action: string, act: string }} wanted
 * @param {string} words
 */
async function sent(page, wanted, words) {
  const loaded = page.waitForEvent("load");
  loaded.catch(() => {});
  const isThere = await page.evaluate(([{ action, act }, typed]) => {
    const form = [...document.querySelectorAll("main form[method=post]")].find((form) => {
      return new URL(form.action).pathname === action && (form.querySelector("input[type=hidden][name=act]")?.value ?? "") === act;
    });
    for (const field of form?.querySelectorAll("input:is([type=text], [type=email], [type=tel]), textarea") ?? []) field.value = typed;
    form?.submit();
    return form !== undefined;
  }, [wanted, words]);
  if (isThere) await loaded;
  return isThere;
}

journey("a report about somebody under age is triaged, and its assessment and safeguard are accessible", { as: "officer" }, async ({ page, as }) => {
  const reference = await report(page, mouse(page));
  const triage = await as("registerTeam");
  const hands = mouse(triage);
  await triage.goto(`/incidents/${reference}/triage`);
  await hands.type(triage.getByLabel("Telephone"), "01632 960999");
  await Promise.all([triage.waitForEvent("load"), triage.getByLabel("Telephone").press("Enter")]);
  assert.doesNotMatch(await triage.title(), /^Error/);
  await hands.choose(triage.getByRole("radio", { name: "A person without a file: open one" }));
  await triage.getByText("What the new file says").click();
  await triage.getByLabel("Otherwise, about how old?").selectOption({ label: "Under 18" });
  await hands.choose(triage.getByRole("radio", { name: "Propose a measure" }));
  await hands.choose(triage.getByRole("radio", { name: "Register entry" }));
  await triage.getByLabel("Which manager answers for it?").selectOption({ index: 1 });
  await hands.type(triage.getByLabel("Your reasons"), "The threat was made to a person and is likely to be made again.");
  await judged(triage, "triage, filled in");
  await hands.press(triage.getByRole("button", { name: "Record the triage" }));
  await judged(triage, "incident, triaged");
  await hands.press(triage.locator("aside a[href^='/measures/']").first());
  const measure = new URL(triage.url()).pathname;
  await triage.goto(`${measure}/assessment`);
  await judged(triage, "assessment of somebody under age");

  const officer = await as("dataProtection");
  await officer.goto(`${measure}/assessment/under-age`);
  await judged(officer, "age safeguard");
  await mouse(officer).press(officer.getByRole("button", { name: "Save answer" }));
  await judged(officer, "age safeguard, empty");
});

journey("the register in numbers is accessible with its tables open, and after months that are none", { as: "governanceGroup" }, async ({ page }) => {
  await page.goto("/numbers");
  for (const table of await page.getByText(/^Every number/).all()) await mouse(page).open(table);
  await judged(page, "numbers, tables open");
  await page.goto("/numbers?from=2026-03&to=2026-01");
  await judged(page, "numbers, months that are none");
});

journey("the public page for appeals, and a meeting that sits, are accessible", { as: "governanceGroup" }, async ({ page, as }) => {
  const anybody = await as(undefined);
  await anybody.goto("/appeal");
  await judged(anybody, "appeal");
  await mouse(anybody).press(anybody.getByRole("button", { name: "Send your appeal" }));
  await judged(anybody, "appeal, empty");

  const hands = mouse(page);
  await page.goto("/meetings/new");
  await typeDate(hands, page, new Date());
  await page.getByLabel("Who chairs it?").selectOption({ label: "Judith Amberley" });
  await hands.press(page.getByRole("button", { name: "Call the meeting" }));
  await judged(page, "meeting that is called");
  for (const member of await page.getByRole("group", { name: "Who is present?" }).getByRole("checkbox").all()) await hands.choose(member);
  await page.getByLabel("Who chairs it?").selectOption({ label: "Judith Amberley" });
  await hands.press(page.getByRole("button", { name: "Open the meeting" }));
  await judged(page, "meeting that sits");
  await hands.press(page.getByRole("link", { name: "Decide", exact: true }).first());
  await judged(page, "decide at the meeting");
  await hands.press(page.getByRole("button", { name: "Record the decision" }));
  await judged(page, "decide at the meeting, empty");

  const decides = await as("decisionMaker");
  await decides.goto("/work?what=decide-this-review");
  await mouse(decides).press(decides.locator("main a[href$='/review']").first());
  await judged(decides, "review, answered");
  const measure = new URL(decides.url()).pathname.replace("/review", "");
  await decides.goto(`${measure}/vary`);
  await judged(decides, "change it");
  await page.goto(`${measure}/removal`);
  await judged(page, "take it off between meetings");

  const manager = await as("lineManager");
  await manager.goto("/withdrawals");
  await judged(manager, "what was withdrawn");
});

journey("what an ombudsman takes up and finds is recorded on accessible pages", { as: "registerTeam" }, async ({ page }) => {
  const hands = mouse(page);
  await page.goto("/work?what=ask-how-the-complaint-to-the-ombudsman-stands");
  await hands.press(page.locator("main a[href$='/ombudsman']").first());
  await judged(page, "complaint to an ombudsman");
  await hands.press(page.getByRole("button", { name: "Record how it ended" }));
  await judged(page, "complaint to an ombudsman, empty");
  await hands.choose(page.getByRole("radio", { name: "Fault found", exact: true }));
  await hands.type(page.getByLabel("What did they find?"), "A review was late, and the customer was not told why.");
  await hands.press(page.getByRole("button", { name: "Record how it ended" }));
  await judged(page, "measure of which an ombudsman found fault");
  await hands.press(page.getByRole("link", { name: "Record that an ombudsman has taken it up" }));
  await hands.press(page.getByRole("button", { name: "Record that it is taken up" }));
  await judged(page, "another complaint to an ombudsman, empty");
});

journey("a list that a service kept is taken in on accessible pages", { as: "registerTeam" }, async ({ page, as }) => {
  const hands = mouse(page);
  const seen = new Set();
  const once = (of) => async (name) => {
    if (!seen.has(name)) await judged(of, name);
    seen.add(name);
  };
  const place = await stage(page, hands, once(page));
  await hands.press(page.getByRole("button", { name: "Propose the list" }));
  await judged(page, "list proposed without a word");
  await propose(page, hands);
  await judged(page, "list that is proposed");
  const second = await as("otherRegisterTeam");
  await approve(second, mouse(second), place, once(second));
  await page.goto("/subjects/doubles");
  await judged(page, "files that may be the same");
  await hands.press(page.getByRole("table").getByRole("link").first());
  await judged(page, "two files side by side");
  await hands.choose(page.getByRole("radio", { name: / goes on$/ }).first());
  await hands.type(page.getByLabel("How do you know?"), "They told us so.");
  await hands.press(page.getByRole("button", { name: "Save" }));
  await judged(page, "joined file");
  await hands.press(page.getByRole("link", { name: "Take it back" }).first());
  await judged(page, "joining to take back");
});

journey("a list of planned visits is checked on accessible pages", { as: "officer" }, async ({ page }) => {
  const hands = mouse(page);
  await screen(page, hands, (name) => judged(page, name));
  await hands.press(page.getByRole("link", { name: "Show these visits" }));
  await judged(page, "answers, with none found");
  await hands.press(page.getByRole("link", { name: "Rounds to print" }));
  await judged(page, "rounds");
});

journey("the two narrow widths show the same: no breakpoint lies between them", {}, async () => {
  const style = readFileSync(new URL("../../crates/web/assets/dist/psr.css", import.meta.url), "utf8");
  const breakpoints = [...style.matchAll(/\((?:min|max)-width: *([\d.]+)(em|px)/g)].map(([, size, unit]) => size * (unit === "em" ? 16 : 1));
  assert.ok(breakpoints.length > 100);
  assert.deepEqual(breakpoints.filter((at) => at > views.narrow.width && at <= views.phone.width), []);
});

journey("no page of the router was left out", {}, async () => {
  const left = routes.filter((route) => !looked.has(route) && !NOT_PAGES[route]);
  assert.deepEqual(left, []);
  assert.deepEqual(Object.keys(NOT_PAGES).filter((route) => !routes.includes(route)), []);
});
