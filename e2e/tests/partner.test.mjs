/** A partner is told of the markers of its own properties, and takes them off when the agreement ends. */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";

const journey = journeys();
const button = (page, name) => page.getByRole("button", { name, exact: true });
const said = (page) => page.locator("main").innerText();

/** Opens the page of the housing association. */
async function association(page) {
  await page.goto("/partners");
  await page.getByRole("link", { name: "Teaselwood Homes" }).first().click();
}

/** Confirms everything that waits, and gives how many that were. */
async function confirms(page) {
  for (let number = 0; ; number += 1) {
    await page.goto("/deliveries");
    if ((await said(page)).includes("Nothing new waits for you")) return number;
    await page.getByRole("button", { name: /^Confirm: / }).first().click();
  }
}

journey("a marker is withdrawn with the agreement, delivered with the next one, and received each time", { as: "partner", in: [views.phone] }, async ({ page, as, view }) => {
  await confirms(page);
  const officer = await as("dataProtection");
  await association(officer);
  const had = Number(/(\d+) received/.exec(await said(officer))[1]);
  assert.ok(had > 0, "the association has markers of its homes");
  await officer.getByText("End agreement 1", { exact: true }).first().click();
  await officer.getByLabel("Why does it end?").fill("The homes change hands.");
  await button(officer, "End agreement 1").click();

  await page.goto("/");
  assert.match(await said(page), new RegExp(`${had} to confirm`));
  await page.goto("/deliveries");
  assert.match(await said(page), /Withdrawn[\s\S]*no marker here for you any more/);
  await accessible(page, "withdrawn markers");
  await screenshot(page, `deliveries-withdrawn-${view.name}`);
  await officer.reload();
  assert.match(await said(officer), new RegExp(`${had} withdrawn, not received yet`));
  assert.equal(await confirms(page), had);

  const keeper = await as("registerTeam");
  await association(keeper);
  await keeper.getByRole("link", { name: "Propose an agreement" }).click();
  await keeper.getByLabel(/document/i).first().fill("Agreement of this month, in the deed store");
  await keeper.getByLabel(/for the council/).fill("Head of Housing");
  await keeper.getByLabel(/for the partner/).fill("Director of Operations");
  const today = new Date();
  for (const [field, year] of [["starts", 0], ["ends", 2]]) {
    await keeper.locator(`#${field}-day`).fill(String(today.getDate()));
    await keeper.locator(`#${field}-month`).fill(String(today.getMonth() + 1));
    await keeper.locator(`#${field}-year`).fill(String(today.getFullYear() + year));
  }
  for (const box of await keeper.locator("input[name=shares], input[name=purposes]").all()) await box.check();
  await keeper.locator("input[name=properties][value=own-stock]").check();
  await keeper.locator("select[name=answers]").selectOption({ index: 1 });
  await keeper.locator("main form button[type=submit]").last().click();
  await keeper.getByRole("heading", { name: /Agreement 2/ }).waitFor();
  await association(officer);
  await button(officer, "Approve agreement 2").click();

  await page.goto("/deliveries");
  assert.match(await said(page), /New[\s\S]*Ring /);
  await accessible(page, "new markers");
  await screenshot(page, `deliveries-new-${view.name}`);
  assert.equal(await confirms(page), had);
  await association(keeper);
  assert.match(await said(keeper), new RegExp(`${had} received`));
});
