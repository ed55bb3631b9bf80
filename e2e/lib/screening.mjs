/** A list of planned visits: the day of tomorrow for two of its rows, one that nobody could check, and one that shows a fault. */

const later = new Date(Date.now() + 86_400_000);
const day = `${later.getDate()}/${later.getMonth() + 1}/${later.getFullYear()}`;

export const list = [
  ["Repairs, this week"],
  [],
  ["Tenant", "Property", "Visit date", "Operative", "Notes"],
  ["Shavon Mcguire Okafor", "flat 2, 9 Tannery Row", day, "Wren", "gate code"],
  ["", "Gorse Bank, Coldwyke", day, "Lark", ""],
  ["Quentin Strangeways", "99 Nowhere Lane", day, "Lark", ""],
  ["Bob Else", "#REF!", day, "Wren", ""],
];

/** The same as it is copied from a spreadsheet. */
export const pasted = list.map((row) => row.join("\t")).join("\n");

/** The same as a spreadsheet saves it. */
export const saved = list.map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\r\n");

/**
 * Has a pasted list checked, and waits until every row is answered.
 * @param {import("playwright-core").Page} page signed in as somebody who may screen
 * @param {ReturnType<typeof import("./mouse.mjs").mouse>} hands mouse or keyboard
 * @param {(name: string) => Promise<void>} [atEach] what is done at each page
 */
export async function screen(page, hands, atEach = async () => {}) {
  await page.goto("/screening");
  await atEach("lists");
  await hands.press(page.getByRole("button", { name: "Continue" }));
  await atEach("lists, empty");
  await hands.type(page.getByLabel("Or paste it here"), pasted);
  await hands.press(page.getByRole("button", { name: "Continue" }));
  await atEach("columns");
  await hands.press(page.getByRole("button", { name: "Check the list" }));
  await answered(page, hands);
  await atEach("answers");
}

/** Waits until every row of the list on the page is answered. */
export async function answered(page, hands) {
  for (let look = 0; look < 30; look += 1) {
    const again = page.getByRole("link", { name: "See how far it is now" });
    if ((await again.count()) === 0) return;
    await page.waitForTimeout(500);
    await hands.press(again);
  }
  throw new Error("the list is not done");
}
