/** A partner's program is let in by two people, asks, is told of markers, and is out when somebody closes it. */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { tokenOf } from "../lib/programs.mjs";

const journey = journeys();
const button = (page, name) => page.getByRole("button", { name, exact: true });
const said = (page) => page.locator("main").innerText();

/** The half of a secret that a page shows once. */
const half = (page) => page.locator(".govuk-panel strong").innerText();

journey("two people let a partner's job system in, which asks and receives until one of them closes it", { as: "registerTeam", in: [views.desktop] }, async ({ page, as, url, view }) => {
  await page.goto("/accounts/new");
  await page.getByLabel("Full name").fill("Teaselwood job system");
  await page.getByLabel("Work email address").fill("jobs@teaselwood.example");
  await page.getByLabel("Team", { exact: true }).selectOption({ label: "Teaselwood Homes" });
  await page.getByLabel("Connected system").check();
  await button(page, "Open account").click();
  const account = new URL(page.url()).pathname;
  assert.match(await said(page), /Waits for a second person/);
  await accessible(page, "a program that waits");

  const administrator = await as("administrator");
  await administrator.goto(account);
  await button(administrator, "Agree").click();
  assert.match(await said(administrator), /Connected system/);
  await page.reload();
  assert.match(await said(page), /It has no secret yet/);
  assert.doesNotMatch(await said(page), /second factor/);
  await screenshot(page, `program-${view.name}`);
  await button(page, "Make a secret").click();
  await accessible(page, "half of a secret");
  await screenshot(page, `program-secret-${view.name}`);
  const first = await half(page);
  await administrator.goto(account);
  await button(administrator, "Agree").click();
  const second = await half(administrator);

  const client = account.split("/").pop();
  const token = await tokenOf(url, { client, secret: `${first}.${second}` });
  const ask = (path, body) =>
    fetch(`${url}${path}`, {
      method: body ? "POST" : "GET",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });

  const markers = async () => (await (await ask("/api/v1/markers")).json()).deliveries;
  assert.deepEqual(await markers(), [], "everything is received");
  const officer = await as("dataProtection");
  await officer.goto("/partners");
  await officer.getByRole("link", { name: "Teaselwood Homes" }).first().click();
  await officer.getByText("End agreement 1", { exact: true }).first().click();
  await officer.getByLabel("Why does it end?").fill("The homes change hands.");
  await button(officer, "End agreement 1").click();
  const deliveries = await markers();
  const told = deliveries.find(({ news }) => news === "withdrawn");
  const receipt = await ask(`/api/v1/markers/${told.marker}/receipts`, { edition: told.edition });
  assert.equal(receipt.status, 204);
  assert.equal((await markers()).length, deliveries.length - 1);
  const nowhere = await ask("/api/v1/checks", { purpose: "visit", day: "2030-01-01", job: "J-7", about: { uprn: "1" } });
  assert.equal((await nowhere.json()).answer, "not-covered");

  await page.goto(account);
  await page.getByRole("link", { name: "Close this account" }).click();
  await accessible(page, "a program that is closed");
  await button(page, "Close account").click();
  assert.equal((await ask("/api/v1/markers")).status, 401);
});
