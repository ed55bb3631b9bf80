/** Enter in a field does what the form's main button does, also where other buttons stand before it on the page. */

import assert from "node:assert/strict";
import { views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";
import { answer, report } from "../lib/report.mjs";

const journey = journeys();
const ways = [views.desktop, views.phone, views.scriptless];

/** Presses Enter in a field and waits for the page it leads to. @param {import("playwright-core").Page} page */
const enter = (page, field) => Promise.all([page.waitForEvent("load"), field.press("Enter")]);

journey("Enter opens a file, and does not add another name", { as: "registerTeam", in: ways }, async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open a file about a person or a place" }).click();
  const name = page.getByLabel("Full name");
  await enter(page, name);
  assert.match(await page.title(), /^Error: /);
  await name.fill("Ysolde Marrack-Tregear");
  await enter(page, name);
  assert.match(new URL(page.url()).pathname, /^\/subjects\/S-/);
  await page.getByRole("link", { name: "Correct these details" }).click();
  await page.getByLabel("Postcode").first().fill("WV1 1AA");
  await page.getByLabel("Street and town").first().fill("1 Harbour Steps");
  await enter(page, page.getByLabel("Postcode").first());
  assert.match(await page.locator("main").innerText(), /1 Harbour Steps/);
  assert.match(new URL(page.url()).pathname, /^\/subjects\/[^/]+$/);
});

journey("the button for one more name still gives one", { as: "registerTeam", in: [views.desktop, views.scriptless] }, async ({ page }) => {
  await page.goto("/subjects/new");
  const places = page.getByLabel("Other name");
  const before = await places.count();
  await mouse(page).press(page.getByRole("button", { name: "Add another name" }));
  assert.equal(await places.count(), before + 1);
});

journey("Enter after changing a search searches; Enter otherwise records; nobody is chosen from an older search", { as: "officer", in: [views.desktop, views.scriptless] }, async ({ page, as }) => {
  const reference = await report(page, mouse(page));
  const triage = await as("registerTeam");
  await triage.goto(`/incidents/${reference}/triage`);
  const sought = triage.getByLabel("Name", { exact: true });
  await sought.fill("Siobhan Maguire-Okafor");
  await enter(triage, sought);
  assert.doesNotMatch(await triage.title(), /^Error: /);
  assert.equal(await sought.inputValue(), "Siobhan Maguire-Okafor");
  assert.ok((await triage.getByRole("radio", { name: /Maguire/ }).count()) > 0);
  await enter(triage, sought);
  assert.match(await triage.title(), /^Error: /);
  assert.match(await triage.locator(".govuk-error-summary").innerText(), /Enter your reasons/);
  await sought.fill("Clive Rushbrook-Hale");
  await mouse(triage).press(triage.getByRole("button", { name: "Record the triage" }));
  assert.match(await triage.locator(".govuk-error-summary").innerText(), /You changed what is searched for/);
});

journey("nobody meets the button that Enter presses: not by Tab, not by name, not on the screen", { as: "registerTeam" }, async ({ page }) => {
  await page.goto("/subjects/new");
  assert.equal(await page.getByRole("button", { name: "Open the file" }).count(), 1);
  const first = page.locator("main form[method=post] button").first();
  assert.equal(await first.innerText(), "Open the file");
  assert.equal(await first.evaluate((button) => button.tabIndex), -1);
  const box = await first.boundingBox();
  assert.ok(box.width <= 1 && box.height <= 1, JSON.stringify(box));
});

journey("Enter in no field of a report takes a file away", { as: "officer" }, async ({ page }) => {
  await page.goto("/incidents/new");
  await answer(page, mouse(page));
  await page.goto(new URL(page.url()).pathname.replace(/check$/, "evidence"));
  await page.locator("input[type=file]").setInputFiles({ name: "gate.txt", mimeType: "text/plain", buffer: Buffer.from("A gate") });
  await mouse(page).press(page.getByRole("button", { name: "Add these and choose more" }));
  assert.equal(await page.getByRole("button", { name: "Remove gate.txt" }).count(), 1);
  const first = page.locator("main form[method=post] button").first();
  assert.equal(await first.innerText(), "Save and continue");
});
