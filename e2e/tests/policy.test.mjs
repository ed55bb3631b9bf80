/** The policy is changed by two people: proposed, consulted on, its effect read, endorsed by somebody else, and shown to everybody. */

import assert from "node:assert/strict";
import { views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";
import { consult, endorse, proposeInterim, reject } from "../lib/policy.mjs";

const journey = journeys();
const { desktop, phone, scriptless } = views;

const main = (page) => page.getByRole("main").innerText();

journey("a mistake in a proposal is said at its field and what was typed is kept", { as: "policyOwner", in: [desktop, scriptless] }, async ({ page }) => {
  await proposeInterim(page, mouse(page), "21");
  assert.match(await main(page), /Life of an interim marker must be between 1 and 20 working days/);
  assert.equal(await page.getByLabel("Life of an interim marker, in working days").inputValue(), "21");
  assert.match(await page.getByLabel("Why is it to change?").inputValue(), /Ten working days/);
});

journey("a change is proposed, consulted on, and not endorsed by whoever may not", { as: "policyOwner", in: [phone] }, async ({ page, as }) => {
  const hands = mouse(page);
  await proposeInterim(page, hands, "9");
  let shown = await main(page);
  assert.match(shown, /Life of an interim marker\s+10 working days\s+9 working days/);
  assert.doesNotMatch(shown, /Time to appeal/, "only what changes is shown");
  assert.match(shown, /Nothing that stands today would move/);
  await consult(page, hands);
  assert.equal(await page.getByRole("button", { name: "Endorse the change" }).count(), 0);
  const officer = await as("officer");
  await officer.goto("/policy/proposal");
  assert.equal(await officer.getByRole("button", { name: /change$/ }).count(), 0);
  const cabinet = await as("cabinetMember");
  await cabinet.goto("/");
  const task = cabinet.getByRole("link", { name: "Endorse or reject the change of the policy" });
  await task.click();
  await task.click();
  await cabinet.waitForURL(/proposal$/);
  assert.match(await main(cabinet), /Both branches agree/);
  await reject(cabinet, mouse(cabinet));
  shown = await main(cabinet);
  assert.match(shown, /Change \d+, rejected/);
});

journey("a change that a second person endorsed takes force by itself on its day", { as: "policyOwner" }, async ({ page, as }) => {
  await proposeInterim(page, mouse(page), "9");
  await consult(page, mouse(page));
  const cabinet = await as("cabinetMember");
  await endorse(cabinet, mouse(cabinet));
  assert.match(await main(cabinet), /It takes force on its day by itself/);
  const officer = await as("officer");
  const deadline = Date.now() + 150_000;
  for (;;) {
    await officer.goto("/policy");
    if (/Life of an interim marker\s+9 working days/.test(await main(officer))) break;
    assert.ok(Date.now() < deadline, "the register looks every minute for what is due");
    await officer.waitForTimeout(2_000);
  }
  assert.match(await main(officer), /Rosalind Kettleburn\s+Cllr Anthony Wetherley-Shaw/);
  await officer.goto("/policy/charts");
  assert.equal(await officer.getByRole("img").count(), 3);
});
