/** Choosing an address of the council's own list: by keyboard alone, with a finger, without JavaScript, and typing on without it. */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { keyboard } from "../lib/keyboard.mjs";
import { mouse } from "../lib/mouse.mjs";

const journey = journeys();
const { desktop, phone, narrow, scriptless } = views;

/** Where somebody on the register lives, as the list writes it. */
const HOME = "Flat 2, 9 Tannery Row, Wyverton";

/** @param {import("playwright-core").Page} page */
const parts = (page) => ({
  address: page.getByLabel("Address", { exact: true }),
  postcode: page.getByLabel("Postcode"),
  uprn: page.locator("#uprn"),
  options: page.getByRole("option"),
});

/** Types with whatever has the focus and waits until the list shows this many or more. */
async function begins(page, typed, most = 15) {
  const asked = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/addresses" && answer.request().postData() === new URLSearchParams({ typed }).toString());
  await page.keyboard.type(typed);
  await asked;
  await page.getByRole("listbox").waitFor();
  assert.ok((await page.getByRole("option").count()) <= most);
}

/** The option that is active. */
const active = (page) => page.locator("[role=option][aria-selected=true]");

journey("an address is chosen by keyboard alone, and the check is answered by its property reference", { as: "officer", in: [desktop, phone, narrow] }, async ({ page, view }) => {
  const hands = keyboard(page);
  const { address, postcode, uprn, options } = parts(page);
  await page.goto("/check");
  await hands.to(address);
  await begins(page, "flat 2 9 tann");
  assert.equal(await address.getAttribute("aria-expanded"), "true");
  await screenshot(page, `gazetteer-list-${view.name}`);
  await accessible(page, `gazetteer-list-${view.name}`);
  await page.keyboard.press("ArrowDown");
  assert.match(await active(page).innerText(), new RegExp(`^${HOME}, WY`));
  assert.equal(await address.getAttribute("aria-activedescendant"), await active(page).getAttribute("id"));
  await screenshot(page, `gazetteer-active-${view.name}`);
  await accessible(page, `gazetteer-active-${view.name}`);
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).pathname, "/check");
  assert.equal(await page.locator("h1").innerText(), "Check before contact");
  assert.equal(await address.inputValue(), HOME);
  assert.match(await postcode.inputValue(), /^WY\d+ \d[A-Z]{2}$/);
  const reference = await uprn.inputValue();
  assert.match(reference, /^999\d{9}$/);
  assert.match(await page.getByRole("status").first().innerText(), new RegExp(reference));
  assert.equal(await options.count(), 0);
  await screenshot(page, `gazetteer-chosen-${view.name}`);
  await accessible(page, `gazetteer-chosen-${view.name}`);
  await hands.press(page.getByRole("button", { name: "Check", exact: true }));
  assert.equal(await page.locator(".psr-verdict").count(), 1);
  assert.equal(await page.locator(".psr-verdict--none").count(), 0);
  assert.match(await page.locator("main").innerText(), new RegExp(reference));
});

journey("the list is closed by Escape, left by Tab, and gone round by arrows, and what was typed stays", { as: "officer" }, async ({ page }) => {
  const hands = keyboard(page);
  const { address, options } = parts(page);
  await page.goto("/check");
  await hands.to(address);
  await begins(page, "candlemas");
  const many = await options.count();
  assert.ok(many > 5);
  await page.keyboard.press("ArrowUp");
  assert.equal(await active(page).innerText(), await options.nth(many - 1).innerText());
  await page.keyboard.press("ArrowDown");
  assert.equal(await active(page).count(), 0);
  await page.keyboard.press("Escape");
  assert.equal(await options.count(), 0);
  assert.equal(await address.inputValue(), "candlemas");
  await page.keyboard.press("ArrowDown");
  assert.equal(await active(page).innerText(), await options.first().innerText());
  await page.keyboard.press("Tab");
  assert.equal(await options.count(), 0);
  assert.equal(await address.inputValue(), "candlemas");
});

journey("an address that is changed by hand after it was chosen loses its postcode and property reference", { as: "officer", in: [phone] }, async ({ page }) => {
  const { address, postcode, uprn, options } = parts(page);
  await page.goto("/check");
  await address.click();
  await begins(page, "31 candlemas");
  await options.first().tap().catch(() => options.first().click());
  assert.match(await uprn.inputValue(), /^999/);
  await address.press("End");
  await page.keyboard.type(" annexe");
  assert.equal(await uprn.inputValue(), "");
  assert.equal(await postcode.inputValue(), "");
});

journey("half an address is still enough to check with", { as: "officer" }, async ({ page }) => {
  const hands = keyboard(page);
  const { address } = parts(page);
  await page.goto("/check");
  await hands.type(address, "Gorse Bank, Coldwyke");
  await hands.press(page.getByRole("button", { name: "Check", exact: true }));
  assert.equal(await page.locator(".psr-verdict").count(), 1);
});

journey("without JavaScript a button finds the addresses, and the chosen one is checked", { as: "officer", in: [scriptless] }, async ({ page, view }) => {
  const hands = keyboard(page);
  const { address, postcode, uprn } = parts(page);
  await page.goto("/check");
  await hands.type(page.getByLabel("Name", { exact: true }), "Shavon Mcguire");
  await hands.type(address, "9 tannery row");
  await screenshot(page, `gazetteer-button-${view.name}`);
  await hands.press(page.getByRole("button", { name: /^Find address/ }));
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Shavon Mcguire");
  assert.equal(await address.inputValue(), "9 tannery row");
  await screenshot(page, `gazetteer-radios-${view.name}`);
  await accessible(page, `gazetteer-radios-${view.name}`);
  await hands.choose(page.getByRole("radio", { name: HOME }));
  await hands.press(page.getByRole("button", { name: "Check", exact: true }));
  assert.equal(await page.locator(".psr-verdict--marker").count(), 1);
  const said = await page.locator("main").innerText();
  assert.match(said, new RegExp(HOME));
  assert.match(said, /999\d{9}/);

  await page.goto("/check");
  await hands.type(address, "nowhere at all");
  await hands.press(page.getByRole("button", { name: /^Find address/ }));
  assert.match(await page.locator("main").innerText(), /has nothing like it/);
  await accessible(page, `gazetteer-nothing-${view.name}`);
  // Enter in a field checks, and does not look for addresses.
  await hands.to(postcode);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  assert.equal(await page.locator(".psr-verdict").count(), 1);
  assert.equal(await uprn.count(), 0);
});

journey("a file about a place is opened at an address of the list, and holds on to it when people move", { as: "registerTeam", in: [desktop, scriptless] }, async ({ page, view }) => {
  const hands = mouse(page);
  await page.goto("/subjects/new?kind=premises");
  await hands.type(page.getByLabel("What is the place?"), "A house with a yard");
  const street = page.getByLabel("Street and town");
  if (view.script === "on") {
    await street.click();
    await begins(page, "17 larkspur close marlham");
    await page.getByRole("option").first().click();
    assert.match(await page.getByLabel(/Property reference/).inputValue(), /^999/);
  } else {
    await hands.type(street, "17 larkspur close marlham");
    await hands.press(page.getByRole("button", { name: /^Find address/ }));
    await hands.choose(page.getByRole("radio", { name: /^17 Larkspur Close/ }));
  }
  await hands.press(page.getByRole("button", { name: "Open the file" }));
  assert.match(await page.locator("main").innerText(), /17 Larkspur Close\s+Marlham[^]*UPRN 999\d{9}/);
  await hands.press(page.getByRole("link", { name: "Record that other people live there now" }));
  assert.match(await page.locator("main").innerText(), /Property reference \(UPRN\)\s+999\d{9}/);
  await screenshot(page, `gazetteer-occupants-${view.name}`);
  await accessible(page, `gazetteer-occupants-${view.name}`);
});

journey("an address is chosen in a report", { as: "officer", in: [phone, scriptless] }, async ({ page, view }) => {
  const hands = mouse(page);
  await page.goto("/incidents/new");
  await hands.choose(page.getByRole("radio", { name: /^No/ }).first());
  await hands.press(page.getByRole("button", { name: "Continue" }));
  await page.goto(new URL(page.url()).pathname.replace(/\w+$/, "who"));
  const address = page.getByLabel("Address (optional)");
  if (view.script === "on") {
    await address.click();
    await begins(page, "9 tannery");
    await page.getByRole("option", { name: HOME }).click();
  } else {
    await hands.type(address, "9 tannery");
    await hands.press(page.getByRole("button", { name: /^Find address/ }));
    await accessible(page, `gazetteer-report-${view.name}`);
    await hands.choose(page.getByRole("radio", { name: HOME }));
  }
  await hands.type(page.getByLabel("Name", { exact: true }), "Somebody");
  await hands.press(page.getByRole("button", { name: "Save and continue" }));
  assert.match(await page.getByLabel("Address (optional)").inputValue(), new RegExp(`^${HOME}, WY`));
});
