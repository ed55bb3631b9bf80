/** An officer, or a councillor, checks before contact and reports what happened: at a desk, on a phone, without JavaScript, by keyboard. */

import assert from "node:assert/strict";
import { views } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { journeys } from "../lib/journey.mjs";
import { keyboard } from "../lib/keyboard.mjs";
import { mouse } from "../lib/mouse.mjs";
import { report } from "../lib/report.mjs";

const journey = journeys();
const { desktop, phone, scriptless, narrow } = views;

journey("an officer reports an incident and finds it among their own", { as: "officer", in: [desktop, phone, scriptless] }, async ({ page }) => {
  const reference = await report(page, mouse(page));
  await page.getByRole("link", { name: "your reports" }).click();
  await page.getByRole("link", { name: reference }).click();
  assert.match(await page.locator("h1").innerText(), new RegExp(reference));
});

journey("a report can be made by keyboard alone", { as: "officer" }, async ({ page }) => {
  assert.match(await report(page, keyboard(page)), /^I-/);
});

journey("a report left half way is kept and gone on with", { as: "officer", in: [phone] }, async ({ page }) => {
  const hands = mouse(page);
  await page.goto("/incidents/new");
  await hands.choose(page.getByRole("radio", { name: /nobody has been called/ }));
  await hands.press(page.getByRole("button", { name: "Continue" }));
  assert.match(await page.locator("h1").innerText(), /Ring 999 now/);
  await hands.press(page.getByRole("link", { name: "Go on without ringing" }));
  await hands.type(page.getByLabel("Where"), "Half a place");
  await hands.press(page.getByRole("button", { name: "Save and continue" }));
  await page.goto("/incidents/new");
  await hands.press(page.getByRole("link", { name: /^Go on with report/ }).first());
  assert.equal(await page.getByLabel("Where").inputValue(), "Half a place");
});

journey("a name spelled as it is heard is found, and the precautions are acknowledged", { as: "member", in: [phone, desktop, scriptless, narrow] }, async ({ page }) => {
  const hands = mouse(page);
  await check(page, hands, { Name: "Shavon Mcguire Okafor", Address: "flat 2, 9 Tannery Row" });
  assert.equal(await page.locator(".psr-verdict--marker").count(), 1);
  const said = await page.locator("main").innerText();
  assert.doesNotMatch(said, /Siobhan|Maguire/);
  await hands.press(page.getByRole("button", { name: "I have read this and will do it" }));
  assert.match(await page.locator("h1").innerText(), /acknowledged/);
});

journey("a councillor at a door is told what to do in three taps from where they sign in", { as: "member", in: [phone] }, async ({ page }) => {
  const hands = mouse(page);
  let taps = 0;
  const tap = async (what) => {
    taps += 1;
    await hands.press(what);
  };
  await page.goto("/");
  await tap(page.getByRole("button", { name: "Check before contact" }));
  await hands.type(page.getByLabel("Address", { exact: true }), "flat 2, 9 Tannery Row");
  await tap(page.getByRole("button", { name: "Check", exact: true }));
  const said = page.getByRole("main");
  assert.match(await said.innerText(), /Marker/);
  // The precautions and whom to ring are on the screen without another touch, and nothing of the file.
  for (const shown of [page.locator(".psr-precautions li").first(), page.locator("a.psr-ring").first()]) {
    const box = await shown.boundingBox();
    assert.ok(box && box.y + box.height <= phone.height, "seen without scrolling");
  }
  assert.doesNotMatch(await said.innerText(), /Siobhan|Maguire|reported by/i);
  await tap(page.getByRole("button", { name: "I have read this and will do it" }));
  assert.match(await page.locator("h1").innerText(), /acknowledged/);
  assert.equal(taps, 3);
});

journey("a check can be made and acknowledged by keyboard alone", { as: "officer" }, async ({ page }) => {
  const hands = keyboard(page);
  await check(page, hands, { Address: "Gorse Bank, Coldwyke" });
  await hands.press(page.getByRole("button", { name: "I have read this and will do it" }));
});

journey("a councillor gives more than a name", { as: "member", in: [phone] }, async ({ page }) => {
  await check(page, mouse(page), { Name: "Shavon Mcguire Okafor" });
  assert.match(await page.title(), /^Error: /);
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Shavon Mcguire Okafor");
});

journey("a nil answer is never an all-clear", { as: "officer", in: [phone, scriptless] }, async ({ page }) => {
  await check(page, mouse(page), { Name: "Harold Pettifer", Postcode: "ZZ1 1ZZ" });
  assert.match(await page.locator("main").innerText(), /This is not an all-clear/);
});

journey("a restriction is told to whoever rings, and not to whoever visits", { as: "officer" }, async ({ page }) => {
  await check(page, mouse(page), { Name: "Clive Rushbrook-Hale" });
  assert.equal(await page.locator(".psr-verdict--none").count(), 1);
  await check(page, mouse(page), { Name: "Clive Rushbrook-Hale" }, /call/i);
  assert.equal(await page.locator(".psr-verdict--marker").count(), 1);
});
