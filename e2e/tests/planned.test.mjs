/** An officer plans a visit and is told when the answer to their check changes before its day: at a desk, on a phone, without JavaScript. */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { markAtOnce, PRECAUTION } from "../lib/casework.mjs";
import { check } from "../lib/check.mjs";
import { journeys } from "../lib/journey.mjs";
import { keyboard } from "../lib/keyboard.mjs";
import { mouse } from "../lib/mouse.mjs";
import { report } from "../lib/report.mjs";
import { answered } from "../lib/screening.mjs";

const journey = journeys();
const { desktop, phone, scriptless } = views;
const NEXT_WEEK = new Date(Date.now() + 7 * 86_400_000);
const NOTICE = /planned visits? (has|have) changed/;

/** Somebody new for each journey: the register of the file keeps what the one before put into it. */
const people = {
  desktop: { name: "Ignatius Throstlewick", address: "3 Ropewalk Court, Marlham, WV7 5TR", postcode: "WV7 5TR" },
  phone: { name: "Philomena Cragghorn", address: "88 Tenterhook Lane, Marlham, WV7 6LN", postcode: "WV7 6LN" },
  scriptless: { name: "Barnabas Oxtoby-Dunn", address: "12 Farrier Yard, Marlham, WV7 8YD", postcode: "WV7 8YD" },
  list: { name: "Clementine Hollowell", address: "5 Gasworks Parade, Marlham, WV7 9GP", postcode: "WV7 9GP" },
};

const button = (page, name) => page.getByRole("button", { name });
const said = (page) => page.locator("main").innerText();

/** Opens a page again until it says something, for a few seconds: what changed is found a moment after it is recorded. */
async function says(page, path, words) {
  for (let look = 0; look < 20; look += 1) {
    await page.goto(path);
    if (words.test(await said(page))) return;
    await page.waitForTimeout(500);
  }
  assert.match(await said(page), words);
}

/** What the officer reports, the register team marks at once, with a decision maker. */
async function marked(as, customer) {
  const reporter = await as("officer");
  const incident = await report(reporter, mouse(reporter), undefined, customer);
  return markAtOnce(await as("registerTeam"), await as("decisionMaker"), mouse, incident, customer);
}

journey("an officer is told that the answer changed, and sees how when they ask", { as: "officer", in: [desktop, phone, scriptless] }, async ({ page, as, view }) => {
  const hands = mouse(page);
  const customer = people[view.name];
  await check(page, hands, { Name: customer.name, Postcode: customer.postcode }, undefined, NEXT_WEEK);
  assert.equal(await page.locator(".psr-verdict--none").count(), 1);
  assert.match(await said(page), /If this answer changes before the end of/);
  await page.goto("/");
  assert.doesNotMatch(await said(page), NOTICE, "nothing changed yet");

  const measure = await marked(as, customer);
  await says(page, "/", NOTICE);
  await screenshot(page, `planned-home-${view.name}`);
  assert.doesNotMatch(await said(page), new RegExp(`${customer.name}|${PRECAUTION}|${measure}`), "that it changed, and not how");
  await page.goto("/check");
  assert.match(await said(page), NOTICE);
  await screenshot(page, `planned-check-${view.name}`);
  await hands.press(page.getByRole("link", { name: "See your planned visits" }));
  await screenshot(page, `planned-${view.name}`);
  const listed = await said(page);
  assert.match(listed, new RegExp(`The answer has changed[^]*${customer.name}[^]*Changed at`));
  assert.doesNotMatch(listed, new RegExp(`${PRECAUTION}|${measure}`));
  if (view.script === "on") await accessible(page, `planned visits (${view.name})`);

  await hands.press(button(page, /^See the answer now/).first());
  assert.equal(await page.locator(".psr-verdict--marker").count(), 1);
  assert.match(await said(page), new RegExp(`${PRECAUTION}[^]*${measure}`));
  await screenshot(page, `planned-answer-${view.name}`);
  await hands.press(button(page, "I have read this and will do it"));
  await page.goto("/");
  assert.doesNotMatch(await said(page), NOTICE, "they were shown");

  await page.goto("/check/planned");
  assert.match(await said(page), new RegExp(`Watched until the day[^]*${customer.name}`));
  await screenshot(page, `planned-watched-${view.name}`);
  await hands.press(page.getByRole("listitem").filter({ hasText: customer.name }).getByRole("button", { name: /^Stop watching/ }));
  assert.doesNotMatch(await said(page), new RegExp(customer.name));
});

journey("a watch is begun, seen and stopped by keyboard alone", { as: "member" }, async ({ page }) => {
  const hands = keyboard(page);
  await page.goto("/check/planned");
  assert.match(await said(page), /You have asked about no visit/);
  await screenshot(page, "planned-empty-desktop");
  await hands.press(page.getByRole("link", { name: "Check before contact" }));
  await check(page, hands, { Name: "Wilhelmina Dovecote", Postcode: "ZZ1 1ZZ" }, undefined, NEXT_WEEK);
  await hands.press(page.getByRole("link", { name: "your planned visits" }));
  await hands.press(button(page, /^Stop watching/).first());
  assert.match(await said(page), /You have asked about no visit/);
});

journey("the answers to a list follow what changed after it was checked", { as: "officer", in: [desktop] }, async ({ page, as }) => {
  const hands = mouse(page);
  const day = `${NEXT_WEEK.getDate()}/${NEXT_WEEK.getMonth() + 1}/${NEXT_WEEK.getFullYear()}`;
  const rows = [
    ["Tenant", "Property", "Visit date", "Operative"],
    [people.list.name, people.list.address, day, "Wren"],
    ["Quentin Strangeways", "99 Nowhere Lane", day, "Lark"],
  ];
  await page.goto("/screening");
  await hands.type(page.getByLabel("Or paste it here"), rows.map((row) => row.join("\t")).join("\n"));
  await hands.press(button(page, "Continue"));
  await hands.press(button(page, "Check the list"));
  await answered(page, hands);
  assert.match(await said(page), /None found \(2\)/);

  await marked(as, people.list);
  await says(page, "/", NOTICE);
  await hands.press(page.getByRole("link", { name: "See your planned visits" }));
  await screenshot(page, "planned-list-desktop");
  await hands.press(page.getByRole("link", { name: "Pasted list: 1 visit" }));
  assert.match(await said(page), new RegExp(`Changed since you asked \\(1\\)[^]*Do these things[^]*${PRECAUTION}`));
  await screenshot(page, "planned-list-answers-desktop");
  await hands.press(page.getByRole("link", { name: "Rounds to print" }));
  assert.match(await said(page), new RegExp(`${PRECAUTION}[^]*Changed since you asked:`));
  await page.goto("/");
  assert.doesNotMatch(await said(page), NOTICE);
});
