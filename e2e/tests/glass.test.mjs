/** Breaking the glass: a manager on duty opens what stands behind a marker; somebody else sees it at once and says what came of it. */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";

const journey = journeys();
const button = (page, name) => page.getByRole("button", { name, exact: true });
const said = (page) => page.locator("main").innerText();

journey("a manager opens what stands behind a marker, and the data protection officer says what came of it", { as: "lineManager", in: [views.phone, views.scriptless] }, async ({ page, as, view }) => {
  await check(page, mouse(page), { Name: "Siobhan Maguire-Okafor" });
  const [, reference] = /Quote (M-[0-9A-Z-]+)/.exec(await said(page));
  await page.goto("/glass/new");
  await accessible(page, "break the glass");
  await page.getByLabel("Reference of the marker").fill("M-0000-ZZZZ");
  await page.getByRole("radio", { name: /is with the customer now/ }).check();
  const words = `Job 4711, ${view.name}: she does not answer her phone.`;
  await page.getByLabel("For which job, and what do you know?").fill(words);
  await button(page, "Break the glass").click();
  assert.match(await said(page), /No marker in force has this reference/);
  assert.equal(await page.getByLabel("For which job, and what do you know?").inputValue(), words, "what was typed is kept");
  await page.getByLabel("Reference of the marker").fill(reference);
  await button(page, "Break the glass").click();
  await page.getByRole("heading", { name: "Behind the glass" }).waitFor();
  assert.match(await said(page), /Open to you until[\s\S]*What your people must do[\s\S]*Why/);
  await accessible(page, "behind the glass");
  await screenshot(page, `behind-the-glass-${view.name}`);
  const place = new URL(page.url()).pathname;

  const officer = await as("dataProtection");
  await officer.goto("/");
  assert.match(await said(officer), /The glass was broken/);
  await officer.goto("/glass");
  assert.ok((await said(officer)).includes(words));
  await accessible(officer, "glasses that were broken");
  await officer.getByLabel("What came of it?").first().selectOption({ label: "It was needed" });
  await officer.getByLabel("What did you ask, and what did you hear?").first().fill("She was fetched out by a colleague.");
  await button(officer, "Record what came of it").first().click();
  await officer.goto("/");
  assert.doesNotMatch(await said(officer), /The glass was broken/);
  const other = await as("officer");
  const answer = await other.goto(place);
  assert.notEqual(answer.status(), 200, "it opens to nobody else");
});
