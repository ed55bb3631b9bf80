/**
 * What becomes of an entry once its customer knows, or is not told for now: an appeal through the public page that is upheld, one by
 * telephone that is not and a review that ends at a meeting of the Governance Group, and the wrong person, who is off the register at
 * once with an apology.
 */

import assert from "node:assert/strict";
import { views } from "../lib/browser.mjs";
import { typeDate } from "../lib/date.mjs";
import { approved, inForce, isShown, notify, tell } from "../lib/entry.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";

const journey = journeys();

/** Nobody here is real. */
const CUSTOMERS = {
  upheld: { name: "Tiberiu Vasilescu-Marsh", address: "8 Gannet Close, Marlham", postcode: "WV7 6BD" },
  kept: { name: "Perpetua Okonjo-Whitfield", address: "12 Anvil Yard, Brackwyn", postcode: "WV4 2GJ" },
  withheld: { name: "Anselm Quillfeather-Rao", address: "27 Tannery Row, Marlham", postcode: "WV7 3LK" },
  wrong: { name: "Llewelyn Ferrars-Dunmore", address: "3 Osier Walk, Marlham", postcode: "WV7 9PQ" },
};

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Gives the appeal to the appeal officer, who decides it. */
async function hear(as, other, measure, outcome, reasons) {
  await other.goto(`/measures/${measure}/appeal`);
  await mouse(other).pick(other.getByLabel("Give the appeal to"), "Gordon Fell-Marchetti");
  await mouse(other).press(button(other, "Give it to them"));
  const hears = await as("appealOfficer");
  await hears.goto(`/measures/${measure}`);
  const bundle = await hears.getByRole("link", { name: "Take the evidence bundle as a PDF" }).getAttribute("href");
  const taken = await hears.request.get(bundle ?? "");
  assert.equal(taken.headers()["content-type"], "application/pdf");
  await hears.goto(`/measures/${measure}/appeal`);
  await mouse(hears).choose(hears.getByRole("radio", { name: outcome }));
  await mouse(hears).type(hears.getByLabel("Your reasons"), reasons);
  await mouse(hears).press(button(hears, "Record the decision"));
}

journey("an appeal on the public page is upheld, and nobody is shown the entry any more", { in: [views.narrow] }, async ({ page, as }) => {
  const customer = CUSTOMERS.upheld;
  const { measure, registerTeam, other, officer } = await inForce(as, customer);
  assert.ok(await isShown(officer, customer), "shown while it is in force");
  await registerTeam.goto(`/measures/${measure}/letter`);
  const [code] = (await registerTeam.locator(".psr-letter").innerText()).match(/K-\w{4}-\w{4}/);

  const hands = mouse(page);
  await page.goto("/appeal");
  await hands.press(button(page, "Send your appeal"));
  assert.match(await page.locator(".govuk-error-summary").innerText(), /Enter the reference on your letter/);
  await hands.type(page.getByLabel("Reference on your letter"), measure);
  await hands.type(page.getByLabel("Code on your letter"), "K-0000-0000");
  await hands.choose(page.getByRole("radio", { name: "I appeal for myself" }));
  await hands.choose(page.getByRole("checkbox", { name: "We have the wrong person or the wrong facts" }));
  await hands.type(page.getByLabel("In your own words"), "I was at work that day. Somebody else was in my garden.");
  await hands.press(button(page, "Send your appeal"));
  assert.match(await page.locator(".govuk-error-summary").innerText(), /do not belong to one letter/);
  assert.equal(await page.getByLabel("In your own words").inputValue(), "I was at work that day. Somebody else was in my garden.");
  await hands.type(page.getByLabel("Code on your letter"), code);
  await hands.press(button(page, "Send your appeal"));
  assert.match(await page.locator("h1").innerText(), /We have your appeal/);
  assert.ok(!(await page.content()).includes(customer.name), "the public page names nobody");

  await tell(registerTeam, other, measure, "appeal-received", "Thank you for telling us where you were that day.");
  await hear(as, other, measure, /^Upheld: the measure ends/, "He was at work; the report is about somebody else.");
  assert.ok(!(await isShown(officer, customer)), "an upheld appeal takes it off at once");
  await tell(registerTeam, other, measure, "appeal-outcome", "You were at work that day. We had the wrong person.");

  const manager = await as("lineManager");
  await manager.goto("/withdrawals");
  assert.ok(!(await manager.content()).includes(customer.name), "a team is told of the reference only");
  await mouse(manager).press(manager.getByRole("button", { name: new RegExp(measure) }));
  await registerTeam.goto(`/measures/${measure}`);
  const file = await registerTeam.locator("main").innerText();
  assert.match(file, /Appeal upheld/);
  assert.match(file, /Confirmed on/);
});

journey("two people agree not to tell a customer for now, and the customer is told once it is safe", { in: [views.narrow] }, async ({ as }) => {
  const customer = CUSTOMERS.withheld;
  const entry = await approved(as, customer);
  const { measure, registerTeam, decisionMaker, officer } = entry;
  const hands = mouse(decisionMaker);
  const withhold = `/measures/${measure}/withhold`;
  await decisionMaker.goto(withhold);
  await hands.press(button(decisionMaker, "Ask that the customer is not told"));
  assert.match(await decisionMaker.locator(".govuk-error-summary").innerText(), /ground/i);
  await hands.choose(decisionMaker.getByRole("radio", { name: /likely to cause violence/ }));
  await hands.type(decisionMaker.locator("#evidence"), "He said on the day what he would do to whoever reported him.");
  await hands.press(button(decisionMaker, "Ask that the customer is not told"));
  await decisionMaker.goto(withhold);
  assert.equal(await button(decisionMaker, "Agree that the customer is not told").count(), 0, "who asks does not agree");
  const protection = await as("dataProtection");
  await protection.goto(withhold);
  await mouse(protection).type(protection.locator("#reasons"), "The threat was to one named colleague, who still works there.");
  await mouse(protection).press(button(protection, "Agree that the customer is not told"));
  assert.ok(await isShown(officer, customer), "the entry is in force though the customer does not know");

  await notify(entry);
  await registerTeam.goto(`/measures/${measure}`);
  const file = await registerTeam.locator("main").innerText();
  assert.match(file, /Letter sent\s+\d+ \w+ \d{4}, by post/);
  assert.match(file, /Notice withheld by two people/, "that it was withheld stays in the history");
  await registerTeam.goto(`/measures/${measure}/letter`);
  assert.match(await registerTeam.locator(".psr-letter").innerText(), /appeal/i);
});

journey("an appeal is not upheld; later a review proposes removal, and the Governance Group removes the name", {}, async ({ as }) => {
  const customer = CUSTOMERS.kept;
  const { measure, registerTeam, other, decisionMaker, officer } = await inForce(as, customer);
  const hands = mouse(registerTeam);

  await registerTeam.goto(`/measures/${measure}/appeal`);
  await hands.choose(registerTeam.getByRole("radio", { name: "By phone" }));
  await hands.choose(registerTeam.getByRole("radio", { name: "The customer", exact: true }));
  await hands.choose(registerTeam.getByRole("checkbox", { name: "What we have decided goes further than it needs to" }));
  await hands.type(registerTeam.getByLabel("In your own words"), "One person could come; I would open the door.");
  await hands.press(button(registerTeam, "Record the appeal"));
  await hear(as, other, measure, /^Not upheld/, "What happened is not disputed, and visits go on.");
  assert.ok(await isShown(officer, customer), "it stands");
  await tell(registerTeam, other, measure, "appeal-outcome", "You do not dispute what happened, and we still visit.");

  await registerTeam.goto(`/measures/${measure}/review/answers`);
  for (const answer of await registerTeam.locator("main textarea").all()) {
    await hands.type(answer, "Nothing further; contact has been civil.");
  }
  await hands.choose(registerTeam.getByRole("radio", { name: "Take it off" }));
  await hands.press(button(registerTeam, "Send the answers"));
  await decisionMaker.goto(`/measures/${measure}/review`);
  await mouse(decisionMaker).choose(decisionMaker.getByRole("radio", { name: "Remove" }));
  await mouse(decisionMaker).type(decisionMaker.getByLabel("Your reasons"), "No longer justified: all has been quiet.");
  await mouse(decisionMaker).press(button(decisionMaker, "Record the review"));
  assert.ok(await isShown(officer, customer), "it stands until the group decides");

  const group = await as("governanceGroup");
  const sits = mouse(group);
  await group.goto("/meetings");
  await sits.press(group.getByRole("button", { name: "Call a meeting" }));
  await typeDate(sits, group, new Date());
  await sits.pick(group.getByLabel("Who chairs it?"), "Judith Amberley");
  await sits.press(button(group, "Call the meeting"));
  const meeting = new URL(group.url()).pathname;
  const pack = await group.request.get(`${meeting}/pack.pdf`);
  assert.equal(pack.headers()["content-type"], "application/pdf");
  await sits.choose(group.getByRole("checkbox", { name: "Judith Amberley" }));
  await sits.pick(group.getByLabel("Who chairs it?"), "Judith Amberley");
  await sits.press(button(group, "Open the meeting"));
  assert.match(await group.locator(".govuk-error-summary").innerText(), /At least 3 members/);
  for (const member of ["Winifred Ashdown-Pell", "Tobias Greenhalgh-Roe", "Marian Lockyer-Stroud"]) {
    await sits.choose(group.getByRole("checkbox", { name: member }));
  }
  await sits.press(button(group, "Open the meeting"));
  await sits.type(group.getByLabel("What else was said?"), "Reviews were on time.");
  await sits.press(button(group, "Close the meeting"));
  assert.match(await group.locator(".govuk-error-summary").innerText(), /wait.* for this meeting/);

  await group.goto(`${meeting}/decide/${measure}`);
  await sits.choose(group.getByRole("radio", { name: "Remove", exact: true }));
  await sits.type(group.getByLabel("The reasons"), "The group agrees: nothing speaks for keeping it.");
  await sits.press(button(group, "Record the decision"));
  assert.ok(!(await isShown(officer, customer)), "removed at the meeting");
  await decideTheRest(group, sits, meeting);
  await group.goto(meeting);
  await sits.type(group.getByLabel("What else was said?"), "Reviews were on time.");
  await sits.press(button(group, "Close the meeting"));
  assert.match(await group.locator("main").innerText(), /Reviews were on time/);
  const minutes = await group.request.get(`${meeting}/minutes.pdf`);
  assert.equal(minutes.headers()["content-type"], "application/pdf");
  await tell(registerTeam, other, measure, "removed", "Nothing further has happened. Thank you.");
});

/** Everything else that the agenda has for decision. */
async function decideTheRest(page, hands, meeting) {
  for (;;) {
    await page.goto(meeting);
    if (/Everything that this meeting must decide is decided/.test(await page.locator("main").innerText())) return;
    const table = page.getByRole("table", { name: /Proposed for removal|Removed between meetings/ });
    await hands.press(table.getByRole("link", { name: "Decide", exact: true }).first());
    await hands.choose(page.getByRole("radio", { name: /^(Remove|Ratify the removal)$/ }));
    await hands.type(page.getByLabel("The reasons"), "The group agrees.");
    await hands.press(button(page, "Record the decision"));
  }
}

journey("the wrong person is off the register at once, and is written to with an apology", {}, async ({ as }) => {
  const customer = CUSTOMERS.wrong;
  const { measure, registerTeam, other, officer } = await inForce(as, customer);
  const hands = mouse(registerTeam);
  assert.ok(await isShown(officer, customer), "shown while it is in force");
  await registerTeam.goto(`/measures/${measure}/remove`);
  await hands.choose(registerTeam.getByRole("radio", { name: /^Wrong person/ }));
  await hands.type(registerTeam.getByLabel("What shows it?"), "The report was about the house next door.");
  await hands.press(button(registerTeam, "Remove it"));
  assert.ok(!(await isShown(officer, customer)), "off at once");
  await tell(registerTeam, other, measure, "apology", "The report was about the house next door. You did nothing wrong.");
  await registerTeam.goto(`/measures/${measure}/letters/apology`);
  assert.match(await registerTeam.locator(".psr-letter").innerText(), /We apologise/);
});
