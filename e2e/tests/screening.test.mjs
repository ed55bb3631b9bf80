/** A planner has a list of visits checked in one go: from a file or pasted, at a desk, on a phone, without JavaScript, by keyboard. */

import assert from "node:assert/strict";
import { views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { keyboard } from "../lib/keyboard.mjs";
import { mouse } from "../lib/mouse.mjs";
import { answered, saved, screen } from "../lib/screening.mjs";

const journey = journeys();
const { desktop, phone, scriptless } = views;

/** Says that the list of the journey came out as it must. @param {import("playwright-core").Page} page */
async function cameOut(page) {
  assert.match(await page.locator("main").innerText(), /3 of 3 checked/);
  assert.equal(await page.locator(".govuk-summary-card").count(), 2, "the person and the place");
  const said = await page.locator("main").innerText();
  assert.match(said, /two people/i);
  assert.match(said, /None found \(1\)/);
  assert.doesNotMatch(said, /Siobhan|Maguire/);
}

journey("a planner pastes a week of visits and sees what to do before each", { as: "officer", in: [desktop, phone, scriptless] }, async ({ page }) => {
  const hands = mouse(page);
  await page.goto("/check");
  await hands.press(page.getByRole("link", { name: "Check a list of planned visits" }));
  await screen(page, hands);
  await cameOut(page);
  await hands.open(page.getByText("Not checked (1)"));
  assert.match(await page.getByRole("table", { name: "Not checked" }).innerText(), /7\s+Address shows #REF!/);
  await hands.press(page.getByRole("link", { name: "Show these visits" }));
  assert.match(await page.getByRole("table", { name: /^None found/ }).innerText(), /Quentin Strangeways/);

  const link = page.getByRole("link", { name: "Save every row with its answer" });
  const file = await page.request.get(await link.getAttribute("href"));
  const lines = (await file.text()).trimEnd().split("\r\n");
  assert.deepEqual(lines.map((line) => line.split(",")[0]), ["Row", "4", "5", "6", "7"], "every row is accounted for");

  await hands.press(page.getByRole("link", { name: "Rounds to print" }));
  assert.deepEqual(await page.locator(".psr-round h2").allInnerTexts(), ["Lark", "Wren"]);
  assert.doesNotMatch(await page.locator("main").innerText(), /Quentin/);
});

journey("a list in a file is read as it was saved, and its columns are remembered", { as: "lineManager", in: [desktop] }, async ({ page }) => {
  const hands = mouse(page);
  const upload = async () => {
    await page.goto("/screening");
    const file = { name: "week.csv", mimeType: "text/csv", buffer: Buffer.from(saved) };
    await page.getByLabel("A list in a spreadsheet").setInputFiles(file);
    await hands.press(page.getByRole("button", { name: "Continue" }));
  };
  await upload();
  const notes = page.getByLabel("Column E: Notes");
  assert.equal(await notes.inputValue(), "not-used");
  await hands.pick(notes, "Reference");
  await hands.press(page.getByRole("button", { name: "Check the list" }));
  await answered(page, hands);
  await cameOut(page);
  await upload();
  assert.equal(await page.getByLabel("Column E: Notes").inputValue(), "reference");
});

journey("a list is checked by keyboard alone", { as: "officer" }, async ({ page }) => {
  await screen(page, keyboard(page));
  await cameOut(page);
});
