/** A list that a service kept: two rows about one person, one who has a file, one place, and one that cannot be taken in. */

import assert from "node:assert/strict";
import { typeDate } from "./date.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {ReturnType<typeof import("./mouse.mjs").mouse>} Hands mouse or keyboard */

export const list = [
  ["Repairs: people to be careful with"],
  [],
  ["Tenant", "Address", "Post code", "D.O.B.", "Reason", "Action required"],
  ["Ignatius Thorncastle", "3 Withy Bank, Coldwyke", "WY4 7TT", "12/3/1961", "Shouted at an operative", "2 person visit"],
  ["THORNCASTLE, Ignatius", "3 Withy Bank", "WY47TT", "", "Again, with a dog", ""],
  ["Perpetua Quillfeather", "8 Withy Bank, Coldwyke", "WY4 7TT", "1 May 1975", "Would not let us leave", "2 person visit"],
  ["", "The Old Forge, Withy Bank, Coldwyke", "WY4 7TU", "", "Needles in the yard", ""],
  ["Somebody", "#REF!", "", "31/02/1980", "", ""],
];

export const pasted = list.map((row) => row.join("\t")).join("\n");

const button = (page, name) => page.getByRole("button", { name, exact: true });

/**
 * Brings a list, says what its columns hold, looks at each row that may be another, and chooses what staff do meanwhile. Ends at the list.
 * @param {Page} page of somebody of the register team @param {Hands} hands
 * @param {(name: string) => Promise<void>} [atEach] what is done at each page
 */
export async function stage(page, hands, atEach = async () => {}) {
  await page.goto("/imports");
  await atEach("lists of services");
  await hands.press(button(page, "Continue"));
  await atEach("lists of services, empty");
  await hands.pick(page.getByLabel("Whose list is it?"), "Housing Repairs");
  await hands.type(page.getByLabel("Or paste it here"), pasted);
  await hands.press(button(page, "Continue"));
  await atEach("columns of a service’s list");
  await hands.press(button(page, "Read the rows"));
  await atEach("staged list");
  const place = new URL(page.url()).pathname;
  const look = page.getByRole("table", { name: /^Look at these/ });
  for (let rows = 0; rows < 10 && (await look.count()) > 0; rows += 1) {
    await hands.press(look.getByRole("link").first());
    await atEach("row of a list");
    const same = page.getByRole("radio", { name: /about the same as: Row 4/ });
    const choice = (await same.count()) > 0 ? same : page.getByRole("radio", { name: /somebody else, or somewhere else/ });
    await hands.choose(choice.first());
    await hands.press(button(page, "Save"));
    await page.goto(place);
  }
  await hands.press(page.getByRole("link", { name: "Choose what staff do meanwhile" }));
  await atEach("what staff do meanwhile");
  await hands.choose(page.getByRole("radio", { name: "Advisory" }));
  await hands.choose(page.getByRole("checkbox", { name: "Ring for advice before any contact" }));
  await hands.type(page.getByLabel(/still reach every service/), "By telephone and at the town hall.");
  await hands.pick(page.getByLabel(/2 person visit/), "Do not visit alone: two people");
  await hands.pick(page.getByLabel("Which manager answers for the entries?"), "Joan Birtwhistle");
  await hands.press(button(page, "Save"));
  await atEach("list ready to be proposed");
  assert.equal(await page.getByRole("table", { name: /^Look at these/ }).count(), 0);
  return place;
}

/** Proposes the staged list on the page. @param {Page} page @param {Hands} hands */
export async function propose(page, hands) {
  await hands.type(page.getByLabel("What did the service call the list?"), "Caution list");
  await hands.type(page.getByLabel(/Where was it kept/), "On the repairs drive; two copies on paper");
  await hands.press(button(page, "Propose the list"));
}

/** Takes a proposed list in, as a second person. @param {Page} page @param {Hands} hands @param {string} place */
export async function approve(page, hands, place, atEach = async () => {}) {
  await page.goto(place);
  await atEach("list that waits for a second person");
  await hands.press(button(page, "Take the list in"));
  await atEach("list taken in");
}

/** Certifies that the old list is gone. @param {Page} page @param {Hands} hands */
export async function certify(page, hands) {
  await typeDate(hands, page, new Date());
  await hands.type(page.getByLabel("How, and what became of its copies?"), "Deleted, and both copies shredded");
  await hands.press(button(page, "Certify it"));
}
