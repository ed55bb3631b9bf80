/** The register in numbers: a chair looks through a year and saves a table, and a decider sees what was decided in comparable cases. */

import assert from "node:assert/strict";
import { views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";

const journey = journeys();
const { desktop, phone, scriptless } = views;

/** The rows of a table, each as its words. @param {import("playwright-core").Locator} table */
async function rows(table) {
  const lines = await table.getByRole("row").all();
  return Promise.all(lines.map(async (line) => (await line.locator("th, td").allInnerTexts()).map((words) => words.trim())));
}

journey("the chair of the Governance Group reads a year of numbers and saves a table", { as: "governanceGroup", in: [desktop, phone, scriptless] }, async ({ page, view }) => {
  const hands = mouse(page);
  await page.goto("/");
  const menu = page.getByRole("button", { name: "Menu" });
  if (await menu.isVisible()) await menu.click();
  await hands.press(page.getByRole("link", { name: "Numbers", exact: true }));
  const plots = page.getByRole("img");
  assert.equal(await plots.count(), 10);
  for (const plot of await plots.all()) {
    const box = await plot.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= view.width, "a plot is as wide as the page lets it be");
  }

  const section = page.getByRole("region", { name: "In force at the month’s end" }).first();
  await hands.open(section.getByText(/^Every number/));
  const months = await rows(section.getByRole("table"));
  assert.equal(months.length, 14, "a head, twelve months and all of them");
  const [name, entries] = months[12];
  assert.match(name, /, so far$/);
  const tile = page.locator(".psr-tile", { hasText: "Entries in force" }).locator(".psr-tile__figure");
  assert.equal(entries, await tile.innerText(), "the table ends with what stands today");

  const link = section.getByRole("link", { name: /^Save as a CSV file/ });
  const saved = await page.request.get(await link.getAttribute("href"));
  assert.equal(saved.headers()["content-type"], "text/csv; charset=utf-8");
  const lines = (await saved.text()).trimEnd().split("\r\n").map((line) => line.split(","));
  const numbers = (table) => table.slice(1).map((row) => row.slice(1));
  assert.deepEqual(numbers(lines), numbers(months), "what is saved is what is read");

  const before = await page.getByLabel("From").inputValue();
  await hands.pick(page.getByLabel("From"), name.replace(", so far", ""));
  await hands.press(page.getByRole("button", { name: "Show these months" }));
  assert.notEqual(await page.getByLabel("From").inputValue(), before);
  await hands.open(page.locator("#standing ~ details summary"));
  assert.equal((await rows(page.locator("#standing ~ details table"))).length, 3, "a head, one month and all of them");
});

journey("a decider sees comparable past cases, and nothing that tells whose they were", { as: "decisionMaker", in: [desktop, phone] }, async ({ page }) => {
  const hands = mouse(page);
  await page.goto("/work?what=decide-this-measure");
  await hands.press(page.locator("main a[href$='/decision']").first());
  const cases = await rows(page.getByRole("table", { name: "Comparable past cases" }));
  assert.ok(cases.length > 1 && cases.length <= 6, `${cases.length} rows`);
  for (const [decided, behaviours, band] of cases.slice(1)) {
    assert.match(decided, /^(Approved|Refused), \w+ 20\d\d$/);
    assert.ok(behaviours.length > 0 && /^(Advisory|Amber|Red|Not chosen)$/.test(band));
  }
  assert.doesNotMatch(cases.flat().join(" "), /\b[A-Z]-\w{4}-\w{4}\b/, "no reference");
});
