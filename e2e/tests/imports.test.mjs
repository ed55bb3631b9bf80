/** The register team takes in a list that a service kept: staged, approved by a second person, its doubles joined and parted, taken back. */

import assert from "node:assert/strict";
import { views } from "../lib/browser.mjs";
import { approve, certify, propose, stage } from "../lib/imports.mjs";
import { journeys } from "../lib/journey.mjs";
import { keyboard } from "../lib/keyboard.mjs";
import { mouse } from "../lib/mouse.mjs";
import { typeDate } from "../lib/date.mjs";

const journey = journeys();
const { desktop, phone, scriptless } = views;

const said = (page) => page.locator("main").innerText();
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** What a check of somebody on the list says to an officer. */
async function checked(page, name, address) {
  const hands = mouse(page);
  await page.goto("/check");
  await typeDate(hands, page, new Date(Date.now() + 86_400_000));
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Address", { exact: true }).fill(address);
  await hands.press(button(page, "Check"));
  return said(page);
}

journey("a list is staged, approved by a second person, joined, parted and taken back", { as: "registerTeam", in: [desktop] }, async ({ page, as }) => {
  const hands = mouse(page);
  const officer = await as("officer");
  const place = await stage(page, hands);
  assert.match(await said(page), /Cannot be taken in\s+1/);
  assert.match(await said(page), /Name|#REF!/);
  await propose(page, hands);
  assert.match(await said(page), /Waits for a second person/);
  assert.equal(await button(page, "Take the list in").count(), 0, "nobody approves their own");
  assert.doesNotMatch(await checked(officer, "Ignatius Thorncastle", "3 Withy Bank"), /two people/i);

  const second = await as("otherRegisterTeam");
  await approve(second, mouse(second), place);
  assert.match(await said(second), /On the register/);
  const told = await checked(officer, "Ignatius Thorncastle", "3 Withy Bank");
  assert.match(told, /two people/i);
  assert.match(told, /not been assessed yet/);

  // Somebody opened a file about her meanwhile: two files, found, compared, joined and parted again.
  await page.goto("/subjects/new");
  await page.getByLabel("Full name").first().fill("Perpetua Quillfether");
  await page.getByLabel("Street and town").first().fill("8 Withy Bank, Coldwyke");
  await hands.press(button(page, "Open the file"));
  await page.goto("/subjects/doubles");
  await hands.press(page.getByRole("link", { name: /Quillfe/ }).first());
  assert.match(await said(page), /the surname sounds alike/);
  await hands.choose(page.getByRole("radio", { name: /Perpetua Quillfeather .* goes on/ }));
  await hands.type(page.getByLabel("How do you know?"), "She spelled it for us on the telephone.");
  await hands.press(button(page, "Save"));
  assert.match(await said(page), /Joined with/);
  assert.match(await checked(officer, "Perpetua Quillfether", "8 Withy Bank"), /two people/i);
  await hands.press(page.getByRole("link", { name: "Take it back" }));
  await hands.type(page.getByLabel(/not about the same after all/), "Mother and daughter.");
  await hands.press(button(page, "Take it back"));
  assert.doesNotMatch(await said(page), /Joined with/);

  await page.goto(place);
  await hands.open(page.getByText("Take the whole list back").first());
  await hands.type(page.getByLabel("Why is it taken back?"), "The columns were mixed up.");
  await hands.press(button(page, "Take the whole list back"));
  assert.match(await said(page), /Taken back/);
  assert.doesNotMatch(await checked(officer, "Ignatius Thorncastle", "3 Withy Bank"), /two people/i);
});

journey("a list is taken in and the old one certified to be destroyed, on a phone and without JavaScript", { as: "registerTeam", in: [phone, scriptless] }, async ({ page, as }) => {
  const hands = mouse(page);
  const place = await stage(page, hands);
  await propose(page, hands);
  const second = await as("otherRegisterTeam");
  await approve(second, mouse(second), place);
  await page.goto(place);
  await certify(page, hands);
  assert.match(await said(page), /the old list is destroyed/);
  assert.equal(await page.getByText("Take the whole list back").count(), 0, "what stands here alone is not taken back");
});

journey("a manager declares that the team keeps no list, by keyboard alone", { as: "lineManager" }, async ({ page }) => {
  const hands = keyboard(page);
  await page.goto("/");
  await hands.press(page.getByRole("link", { name: "Who has said that they keep no list" }));
  await hands.press(button(page, "Declare it"));
  assert.match(await said(page), /Say that your team keeps no such list/);
  await hands.choose(page.getByRole("checkbox", { name: /keeps no list/ }));
  await hands.press(button(page, "Declare it"));
  assert.match(await page.getByRole("table", { name: "Teams" }).innerText(), /by Joan Birtwhistle/);
});
