/**
 * The main job from end to end, as the people who do it: an officer reports, the register team triages and assesses, somebody else
 * decides, the customer is written to by two people, and a councillor at the door is told what to do and nothing more. Every look on
 * the way is in the access log. Walked at a desk, without JavaScript, by keyboard alone, and in a column 320 px wide.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { screenshot, views } from "../lib/browser.mjs";
import { PRECAUTION, approveLetter, assess, decide, send, triage, write } from "../lib/casework.mjs";
import { check } from "../lib/check.mjs";
import { journeys } from "../lib/journey.mjs";
import { keyboard } from "../lib/keyboard.mjs";
import { mouse } from "../lib/mouse.mjs";
import { personas } from "../lib/personas.mjs";
import { report } from "../lib/report.mjs";

const journey = journeys();

/** Nobody here is real. `heard` is how a councillor writes down a name that was told by phone; `place`, what is on the gate. */
const CUSTOMERS = {
  desktop: { name: "Fearghal Mac Eochaidh-Quillan", heard: "Fergal MacEochy Quillan", address: "17 Saltmarsh Row, Marlham", place: "17 Saltmarsh Row", postcode: "WV7 3QD" },
  scriptless: { name: "Oluwaseun Adebayo-Thorne", heard: "Oluwashun Adebayo Thorn", address: "4 Lantern Court, Marlham", place: "4 Lantern Court", postcode: "WV7 5RT" },
  keyboard: { name: "Katarzyna Wojciechowska-Lund", heard: "Katarzina Wojcechowska", address: "29 Cooper’s Reach, Brackwyn", place: "29 Coopers Reach", postcode: "WV4 8HN" },
  narrow: { name: "Dilys Gwenhwyfar Prosser-Haigh", heard: "Dillis Prosser Haig", address: "Flat 6, Heron House, Mill Street, Marlham", place: "flat 6 Heron House", postcode: "WV7 1LS" },
};

/**
 * The whole job about one customer.
 * @param {(persona: string) => Promise<import("playwright-core").Page>} as
 * @param {typeof mouse} handsOf
 * @param {keyof typeof CUSTOMERS} which
 */
async function mainJob(as, handsOf, which) {
  const customer = CUSTOMERS[which];
  const pages = {};
  for (const persona of ["officer", "registerTeam", "decisionMaker", "otherRegisterTeam", "member", "dataProtection"]) {
    pages[persona] = await as(persona);
  }
  const hands = Object.fromEntries(Object.entries(pages).map(([persona, page]) => [persona, handsOf(page)]));
  const pictured = (page) => async (name) => {
    if (which === "desktop" || which === "narrow") await screenshot(page, `main-job-${which}-${name}`);
  };
  const { officer, registerTeam, decisionMaker, otherRegisterTeam, member, dataProtection } = pages;

  const incident = await report(officer, hands.officer, undefined, customer);
  const measure = await triage(registerTeam, hands.registerTeam, incident, customer, pictured(registerTeam));
  await notShown(member, hands.member, customer);
  await assess(registerTeam, hands.registerTeam, measure, pictured(registerTeam));
  await nobodyDecidesAlone(registerTeam, measure);
  await decide(decisionMaker, hands.decisionMaker, measure, pictured(decisionMaker));
  await write(registerTeam, hands.registerTeam, measure, pictured(registerTeam));
  await registerTeam.goto(`/measures/${measure}/letter`);
  assert.equal(await registerTeam.getByRole("button", { name: "Approve the letter" }).count(), 0, "nobody approves their own letter");
  await approveLetter(otherRegisterTeam, hands.otherRegisterTeam, measure, pictured(otherRegisterTeam));
  await letterSays(otherRegisterTeam, measure, customer);
  await notShown(member, hands.member, customer);
  await send(registerTeam, hands.registerTeam, measure, pictured(registerTeam));

  await check(member, hands.member, { Name: customer.heard, Postcode: customer.postcode });
  await precautionsOnly(member, measure, customer);
  await pictured(member)("councillor by name");
  await check(member, hands.member, { Address: customer.place, Postcode: customer.postcode });
  await precautionsOnly(member, measure, customer);
  await hands.member.press(member.getByRole("button", { name: "I have read this and will do it" }));
  assert.match(await member.locator("h1").innerText(), /acknowledged/);
  await everyLookIsThere(dataProtection, incident, measure);
  await pictured(dataProtection)("access log");
}

/** Until the customer was dealt with, nobody is shown anything. */
async function notShown(member, hands, customer) {
  await check(member, hands, { Name: customer.heard, Postcode: customer.postcode });
  assert.equal(await member.locator(".psr-verdict--none").count(), 1, "shown before it is in force");
}

/** Whoever assessed is not offered the decision, and is refused it. */
async function nobodyDecidesAlone(page, measure) {
  await page.goto(`/measures/${measure}`);
  assert.equal(await page.getByRole("link", { name: "Decide this measure" }).count(), 0);
  assert.equal((await page.goto(`/measures/${measure}/decision`)).status(), 403);
}

/** What the councillor reads: what to do and whom to ring; no name, no reason, nobody who reported. */
async function precautionsOnly(page, measure, customer) {
  assert.equal(await page.locator(".psr-verdict--marker").count(), 1, await page.locator("main").innerText());
  const said = await page.locator("main .psr-verdict").innerText();
  assert.match(said, new RegExp(PRECAUTION));
  assert.match(said, new RegExp(measure));
  assert.match(said, /01\d{3}/);
  const [given] = customer.name.split(" ");
  const source = await page.content();
  for (const word of [given, "spade", "gate", "shouted", "threat", "Amber", personas.officer.name, "Housing Repairs", "town hall"]) {
    assert.ok(!source.includes(word), `the answer tells “${word}”`);
  }
}

/** The letter as the customer gets it: a PDF that opens with their name and says how to appeal. */
async function letterSays(page, measure, customer) {
  const answer = await page.request.get(`/measures/${measure}/letter.pdf`);
  assert.equal(answer.headers()["content-type"], "application/pdf");
  const folder = mkdtempSync(join(tmpdir(), "psr-letter-"));
  try {
    const path = join(folder, "letter.pdf");
    writeFileSync(path, await answer.body());
    const text = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
    const [street] = customer.address.split(",");
    for (const words of [customer.name, street, measure, "picked up a spade", "You can appeal", "ombudsman", PRECAUTION, "We will still repair your home"]) {
      assert.ok(text.includes(words), `the letter does not say “${words}”: ${text}`);
    }
    assert.ok(!text.includes(personas.officer.name), "the letter names who reported");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The data protection officer reads who looked: each of those who worked on the file, and both checks by the councillor. */
async function everyLookIsThere(page, incident, measure) {
  const rows = async (file) => {
    await page.goto(`/access-log?file=${file}`);
    return page.locator("main tbody tr").allInnerTexts();
  };
  const looks = [...(await rows(incident)), ...(await rows(measure))];
  for (const persona of ["registerTeam", "decisionMaker", "otherRegisterTeam"]) {
    const { name } = personas[persona];
    assert.ok(looks.some((row) => row.includes(name)), `no look of ${name} is in the log`);
  }
  const checks = looks.filter((row) => row.includes(personas.member.name) && /check/i.test(row));
  assert.equal(checks.length, 2, `two checks found it: ${looks.join("\n")}`);
}

journey("from a report to a councillor at the door", { in: [views.desktop] }, async ({ as }) => mainJob(as, mouse, "desktop"));
journey("from a report to a councillor at the door", { in: [views.scriptless] }, async ({ as }) => mainJob(as, mouse, "scriptless"));
journey("from a report to a councillor at the door", { in: [views.narrow] }, async ({ as }) => mainJob(as, mouse, "narrow"));
journey("from a report to a councillor at the door, by keyboard alone", { in: [views.desktop] }, async ({ as }) => mainJob(as, keyboard, "keyboard"));

