/**
 * A report on its way to an entry in force, page by page, as those who work on it read them: triage, the assessment's parts, the
 * decision, the letter. Each function begins at a file's own address and ends on the page that says that it is done.
 */

import assert from "node:assert/strict";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {ReturnType<typeof import("./mouse.mjs").mouse>} Hands mouse or keyboard */
/** @typedef {(name: string) => Promise<void>} AtEach called on each page before it is answered */

const button = (page, name) => page.getByRole("button", { name, exact: true });
const choice = (page, group, name) => page.getByRole("group", { name: group }).getByRole("radio", { name });

/** @type {AtEach} */
const pass = async () => {};

/**
 * Opens a file about somebody who has none, proposes an entry, and returns the measure's reference.
 * @param {Page} page of somebody of the register team @param {Hands} hands @param {string} incident its reference
 * @param {{ postcode: string }} about whom @param {AtEach} [atEach] @param {string} [kind] of measure
 */
export async function triage(page, hands, incident, about, atEach = pass, kind = "Register entry") {
  await page.goto(`/incidents/${incident}`);
  await atEach("report to triage");
  await hands.press(page.getByRole("link", { name: "Triage this report" }));
  await atEach("triage");
  await hands.choose(page.getByRole("radio", { name: "A person without a file: open one" }));
  await hands.open(page.getByText("What the new file says, if you open one"));
  await hands.pick(page.getByLabel("Otherwise, about how old?"), "25 to 64");
  await hands.type(page.locator("#new-postcode"), about.postcode);
  await hands.choose(choice(page, "How sure are you who it was?", /^Certain/));
  await hands.choose(page.getByRole("radio", { name: "Propose a measure, to be assessed" }));
  await hands.choose(page.getByRole("radio", { name: kind, exact: true }));
  await hands.pick(page.getByLabel("Which manager answers for it?"), "Joan Birtwhistle");
  await hands.type(page.getByLabel("Your reasons"), "A threat with a tool in hand, seen and recorded on the day.");
  await hands.press(button(page, "Record the triage"));
  await atEach("triaged");
  await hands.press(page.getByRole("link", { name: /M-\w{4}-\w{4}/ }).first());
  return new URL(page.url()).pathname.split("/")[2];
}

/** What is answered to each of the ten tests, in their order. */
const REASONS = [
  "One incident at the gate, written down by the officer the same afternoon.",
  "The tenancy is in this name, and the officer has met him twice before.",
  "The officer saw and heard it; nothing in it is second hand.",
  "He came towards her with a spade. Repairs are due again next month.",
  "He was not complaining of anything, and said so.",
  "He was asked and named no disability or need. No child lives there.",
  "It was he, not the building or anybody else of the household.",
  "A warning was weighed: it would not protect whoever calls next week.",
  "By telephone and at the town hall, also urgently.",
  "Repairs and the ward councillor will call; nobody else is told.",
];

/** What is answered beside them where contact is to be limited. */
const OF_LIMITS = [
  "The complaint went through both stages and was answered in full each time.",
  "The log was read from the first message: nothing in it waits.",
  "The letter of the second stage names the ombudsman and the insurance claim.",
  "Housing and revenues were asked; customer services leads.",
  "A manager met her and proposed one message a week. She did not want that.",
  "Forty messages in a month, half of one officer’s week.",
];

/**
 * Answers every part of an assessment and hands it on. @param {Page} page @param {Hands} hands @param {string} measure @param {AtEach} [atEach]
 * @param {(page: Page, hands: Hands) => Promise<void>} [limits] fills in how contact is limited, where that is what is assessed
 */
export async function assess(page, hands, measure, atEach = pass, limits = undefined) {
  await page.goto(`/measures/${measure}/assessment`);
  await atEach("assessment");
  const tests = await page.locator("h2:has-text('The tests') ~ ul").first().getByRole("link").allInnerTexts();
  const answers = limits ? [...REASONS, ...OF_LIMITS] : REASONS;
  assert.equal(tests.length, answers.length);
  for (const [index, reasons] of answers.entries()) {
    await hands.press(page.getByRole("link", { name: tests[index], exact: true }));
    await atEach(`test ${index + 1}`);
    await hands.choose(page.getByRole("radio", { name: "Yes", exact: true }));
    await hands.type(page.getByLabel("Your reasons"), reasons);
    await hands.press(button(page, "Save and continue"));
    if (!/\/assessment$/.test(page.url())) await page.goto(`/measures/${measure}/assessment`);
  }
  await plan(page, hands, measure, atEach, limits);
  await page.goto(`/measures/${measure}/assessment/proportionality`);
  await atEach("proportionality");
  await hands.type(page.getByLabel("What is the measure for?"), "The safety of whoever calls about repairs.");
  await hands.type(page.getByLabel("Why is it necessary for that?"), "Visits cannot be avoided, and he threatened the last visitor.");
  await hands.type(page.getByLabel("Which lesser steps were weighed, and why is each not enough?"), "A warning letter: it protects nobody next week.");
  await hands.type(page.getByLabel("What does it do to the person?"), "Visits may take a day longer to arrange.");
  await hands.type(page.getByLabel("What keeps that effect as small as it can be?"), "Two teams only, and a review in three months.");
  await hands.press(button(page, "Save and continue"));
  await page.goto(`/measures/${measure}/assessment/complete`);
  await atEach("assessment complete");
  await hands.choose(page.getByRole("radio", { name: "Approve the measure" }));
  await hands.press(button(page, "Complete the assessment"));
}

/** What staff are told to do, in the policy's words. */
export const PRECAUTION = "Do not visit alone: two people";

async function plan(page, hands, measure, atEach, limits) {
  await page.goto(`/measures/${measure}/assessment/plan`);
  await atEach("plan");
  await planned(page, hands, limits);
  await hands.press(button(page, "Save and continue"));
}

/** Fills in a plan: for an assessment, or for an interim marker. */
async function planned(page, hands, limits) {
  await hands.type(page.getByLabel("What happened, in short"), "On one visit he came towards an officer with a spade raised.");
  await hands.choose(page.getByRole("radio", { name: "Amber" }));
  await hands.type(page.getByLabel("Why this band?"), "A credible threat; nobody was hurt.");
  if (limits) await limits(page, hands);
  else await hands.choose(page.getByRole("checkbox", { name: PRECAUTION }));
  for (const [team, reason] of [
    ["Housing Repairs", "Repairs are due at the house."],
    ["Members of the Council", "The ward councillor calls on residents."],
  ]) {
    await hands.choose(page.getByRole("checkbox", { name: team, exact: true }));
    await hands.type(page.getByLabel(`Why will ${team} meet this customer?`), reason);
  }
  await hands.type(
    page.getByLabel("How can the customer still reach every service, also urgently?"),
    "Ring the customer service centre at any time, or come to the town hall. We will still repair your home.",
  );
}

/**
 * Asks for an interim marker about somebody who has no file, and has a second person agree it; returns the measure's reference.
 * @param {Page} page of somebody of the register team @param {Page} second of a decision maker
 * @param {(page: Page) => Hands} handsOf @param {string} incident @param {{ postcode: string }} about whom
 */
export async function markAtOnce(page, second, handsOf, incident, about) {
  const hands = handsOf(page);
  await page.goto(`/incidents/${incident}/interim`);
  await hands.choose(page.getByRole("radio", { name: "A person without a file: open one" }));
  await hands.open(page.getByText("What the new file says, if you open one"));
  await hands.type(page.locator("#new-postcode"), about.postcode);
  await hands.type(page.getByLabel("Why can it not wait?"), "Repairs are due at the house this week.");
  await planned(page, hands);
  await hands.pick(page.getByLabel("Which manager answers for it?"), "Joan Birtwhistle");
  await hands.press(button(page, "Ask for the interim marker"));
  const measure = new URL(page.url()).pathname.split("/")[2];
  await second.goto(`/measures/${measure}/interim`);
  await handsOf(second).press(button(second, "Agree the interim marker"));
  return measure;
}

/** Approves a measure. @param {Page} page of a decision maker @param {Hands} hands @param {string} measure @param {AtEach} [atEach] */
export async function decide(page, hands, measure, atEach = pass) {
  await page.goto(`/measures/${measure}/decision`);
  await atEach("decision");
  await hands.choose(page.getByRole("radio", { name: /^Approve/ }));
  await hands.type(page.getByLabel("Your reasons"), "Every test holds on what was recorded; two teams must know.");
  await hands.press(button(page, "Record the decision"));
  await atEach("decided");
}

/** Writes the letter. @param {Page} page @param {Hands} hands @param {string} measure @param {AtEach} [atEach] */
export async function write(page, hands, measure, atEach = pass) {
  await page.goto(`/measures/${measure}/letter`);
  await atEach("letter to write");
  await hands.type(
    page.getByLabel("What happened, and why it matters"),
    "When our officer visited you, you picked up a spade and walked towards her. She believed that you meant to hurt her.",
  );
  await hands.press(button(page, "Save and read the letter"));
  await atEach("letter written");
}

/** Approves the letter. @param {Page} page of a second person @param {Hands} hands @param {string} measure @param {AtEach} [atEach] */
export async function approveLetter(page, hands, measure, atEach = pass) {
  await page.goto(`/measures/${measure}/letter`);
  await atEach("letter to approve");
  await hands.press(button(page, "Approve the letter"));
}

/** Records that it was sent today; the entry is in force. @param {Page} page @param {Hands} hands @param {string} measure @param {AtEach} [atEach] */
export async function send(page, hands, measure, atEach = pass) {
  await page.goto(`/measures/${measure}/letter`);
  await atEach("letter to send");
  await hands.choose(page.getByRole("radio", { name: "By post" }));
  await hands.press(button(page, "Record that it was sent"));
  await atEach("in force");
}
