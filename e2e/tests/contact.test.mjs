/**
 * A customer who writes and rings without end: contact is limited, what they send is logged, another matter is never left, a visitor is
 * told of no danger, and what they say is wrong stays beside the record and is answered. And a place that other people live in.
 */

import assert from "node:assert/strict";
import { views } from "../lib/browser.mjs";
import { approveLetter, assess, decide, send, triage, write } from "../lib/casework.mjs";
import { check } from "../lib/check.mjs";
import { typeDate } from "../lib/date.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";
import { report } from "../lib/report.mjs";

const journey = journeys();

/** Nobody here is real. */
const CUSTOMER = { name: "Wilhelmina Starling-Adeyemi", address: "41 Lantern Row, Marlham", postcode: "WV7 5HN" };

const button = (page, name) => page.getByRole("button", { name, exact: true });
const radio = (page, name) => page.getByRole("radio", { name });
const summary = (page) => page.locator(".govuk-error-summary").innerText();

/** Messages answered only where there is something new, once a week, in writing. */
async function limits(page, hands) {
  await hands.choose(page.getByRole("checkbox", { name: /^Messages read, answered only/ }));
  await hands.choose(page.getByRole("checkbox", { name: "Contact in writing only" }));
  await hands.type(page.getByLabel("Whom may the customer turn to, and how?"), "Tom Hathersedge, 01632 960140");
  await hands.choose(page.getByRole("checkbox", { name: "By email" }));
  await hands.choose(page.getByRole("checkbox", { name: "By letter" }));
  await hands.type(page.getByLabel("How often about the same matter?"), "1");
  await hands.choose(radio(page, "A week"));
  await hands.choose(radio(page, /^Messages about the same matter are read/));
}

/** Logs what came today by mail. */
async function log(page, hands, matter, words, treatment) {
  await hands.choose(radio(page, "By email"));
  await hands.choose(radio(page, matter));
  await hands.type(page.getByLabel("What was said or asked, in short?"), words);
  await hands.choose(radio(page, treatment));
  await hands.press(button(page, "Log it"));
}

journey("contact is limited, logged and counted, and another matter is answered all the same", { in: [views.phone] }, async ({ as }) => {
  const officer = await as("officer");
  const visitor = mouse(officer);
  const incident = await report(officer, visitor, undefined, CUSTOMER);
  const registerTeam = await as("registerTeam");
  const hands = mouse(registerTeam);
  const measure = await triage(registerTeam, hands, incident, CUSTOMER, undefined, "Restriction");
  await assess(registerTeam, hands, measure, undefined, limits);
  const decisionMaker = await as("decisionMaker");
  await decide(decisionMaker, mouse(decisionMaker), measure);
  await write(registerTeam, hands, measure);
  const letter = await registerTeam.locator(".psr-letter").innerText();
  assert.match(letter, /Contact only by email or by letter/);
  assert.match(letter, /Whom to turn to: Tom Hathersedge, 01632 960140/);
  const other = await as("otherRegisterTeam");
  await approveLetter(other, mouse(other), measure);
  await send(registerTeam, hands, measure);

  await check(officer, visitor, { Name: CUSTOMER.name, Postcode: CUSTOMER.postcode });
  assert.equal(await officer.locator(".psr-verdict--none").count(), 1, "a visitor is told of no danger");
  await check(officer, visitor, { Name: CUSTOMER.name, Postcode: CUSTOMER.postcode }, /call/i);
  assert.match(await officer.locator(".psr-verdict--marker").innerText(), /About the same matter at most once a week/);
  await visitor.press(officer.getByRole("link", { name: "Log what this customer sent or said" }));
  await log(officer, visitor, /^Another matter/, "No heating since Sunday", "Read, and not answered");
  assert.match(await summary(officer), /not what was answered before/);
  assert.equal(await officer.getByLabel("What was said or asked, in short?").inputValue(), "No heating since Sunday");
  await visitor.choose(radio(officer, /^Passed on/));
  await visitor.press(button(officer, "Log it"));
  assert.match(await summary(officer), /Choose the team/);
  await visitor.pick(officer.getByLabel("Which team will answer it?"), "Housing Repairs");
  await visitor.press(button(officer, "Log it"));
  assert.match(await officer.locator("h1").innerText(), /Contact logged/);
  assert.equal(await officer.goto(`/measures/${measure}/contacts`).then((answer) => answer.status()), 404, "whoever logs reads no file");

  for (const words of ["The hedge again", "The hedge once more"]) {
    await registerTeam.goto(`/measures/${measure}/contacts/new`);
    await log(registerTeam, hands, /^The same matter, with nothing new/, words, "Read, and not answered");
  }
  const page = registerTeam.locator("main");
  assert.match(await page.innerText(), /more contact about the same matter than the limits allow/);
  assert.match(await page.innerText(), /2 of 1 allowed/);
  await hands.type(registerTeam.getByLabel(/^What did Housing Repairs answer/), "A heater was lent the same day and the boiler repaired on Tuesday.");
  await hands.press(button(registerTeam, "Record the answer"));
  assert.match(await page.innerText(), /Answered on .*A heater was lent/);
  assert.equal(await button(registerTeam, "Record the answer").count(), 0);

  const dispute = `/measures/${measure}/dispute`;
  await registerTeam.goto(dispute);
  await hands.type(registerTeam.getByLabel("What does the customer say is wrong?"), "I wrote four times and not forty.");
  await hands.press(button(registerTeam, "Keep it beside the record"));
  assert.match(await page.innerText(), /I wrote four times and not forty/);
  await registerTeam.goto(dispute);
  assert.equal(await button(registerTeam, "Record the answer").count(), 0, "the register team does not answer it");
  const protection = await as("dataProtection");
  await protection.goto(dispute);
  await mouse(protection).choose(radio(protection, /^The record stands/));
  await mouse(protection).type(protection.getByLabel("Your reasons"), "The log holds forty messages of that month.");
  await mouse(protection).press(button(protection, "Record the answer"));
  await registerTeam.goto(`/measures/${measure}/letters/dispute-answered`);
  await hands.type(registerTeam.locator("#explanation"), "We counted again: there were forty messages in March.");
  await hands.press(button(registerTeam, "Save and read the letter"));
  assert.match(await registerTeam.locator(".psr-letter").innerText(), /what you told us stays beside it/);
});

journey("a limit that cuts somebody off is refused, and says so at its field", { in: [views.narrow] }, async ({ as }) => {
  const registerTeam = await as("registerTeam");
  const hands = mouse(registerTeam);
  const officer = await as("officer");
  const incident = await report(officer, mouse(officer), undefined, { ...CUSTOMER, name: "Ludovic Starling-Adeyemi" });
  const measure = await triage(registerTeam, hands, incident, CUSTOMER, undefined, "Restriction");
  await registerTeam.goto(`/measures/${measure}/assessment/plan`);
  await hands.type(registerTeam.getByLabel("What happened, in short"), "Forty messages in a month.");
  await hands.choose(radio(registerTeam, /^Advisory/));
  await hands.type(registerTeam.getByLabel("Why this band?"), "Nobody was threatened.");
  await hands.choose(registerTeam.getByRole("checkbox", { name: /^Contact in one way only/ }));
  await hands.type(registerTeam.getByLabel("Whom may the customer turn to, and how?"), "Tom Hathersedge, 01632 960140");
  await hands.type(registerTeam.getByLabel("How can the customer still reach every service, also urgently?"), "By email, and by telephone where it is urgent.");
  await hands.press(button(registerTeam, "Save and continue"));
  assert.match(await summary(registerTeam), /Say what the restriction comes to: the one way of contact that is left/);
  await hands.choose(registerTeam.getByRole("checkbox", { name: "In person" }));
  await hands.choose(registerTeam.getByRole("checkbox", { name: "Council offices" }));
  await hands.press(button(registerTeam, "Save and continue"));
  assert.match(await summary(registerTeam), /leaves the customer no way to be in touch/);
});

journey("other people live in a place, so what stands about it is looked at again", { in: [views.narrow] }, async ({ as }) => {
  const registerTeam = await as("registerTeam");
  const hands = mouse(registerTeam);
  const officer = await as("officer");
  await check(officer, mouse(officer), { Address: "Gorse Bank, Coldwyke" });
  const quoted = await officer.locator(".psr-verdict").innerText();
  const [measure] = quoted.match(/M-\w{4}-\w{4}/);
  await registerTeam.goto(`/measures/${measure}`);
  await hands.press(registerTeam.getByRole("link", { name: "Open the subject’s file" }));
  await hands.press(registerTeam.getByRole("link", { name: "Record that other people live there now" }));
  await typeDate(hands, registerTeam, new Date(Date.now() + 9 * 86_400_000));
  await hands.type(registerTeam.getByLabel("Who left, who came, and how do you know?"), "The tenancy ended; a family with two cats has moved in.");
  await hands.press(button(registerTeam, "Save"));
  assert.match(await summary(registerTeam), /must be today or in the past/);
  await typeDate(hands, registerTeam, new Date());
  await hands.press(button(registerTeam, "Save"));
  assert.match(await registerTeam.locator("main").innerText(), /a family with two cats has moved in/);
  await registerTeam.goto(`/measures/${measure}`);
  assert.match(await registerTeam.getByLabel("What happens next").innerText(), /Answer the questions of a review/);
});
