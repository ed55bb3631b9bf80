/** An officer with a phone, who goes on checking while the register cannot be reached or written. */

import assert from "node:assert/strict";
import { look, views } from "./browser.mjs";
import { check } from "./check.mjs";
import { mouse } from "./mouse.mjs";
import { personas, signIn } from "./personas.mjs";

/** Signs one in, who is shown a marker while all is well. @param {string} url */
export async function officerAtTheDoor(url) {
  const context = await look(views.phone, { baseURL: url });
  const page = await context.newPage();
  await signIn(page, url, personas.officer);
  const hands = mouse(page);
  const said = () => page.getByRole("main").innerText();
  const verdict = (kind) => page.locator(`.psr-verdict--${kind}`).count();
  await check(page, hands, { Address: "flat 2, 9 Tannery Row" });
  assert.equal(await verdict("marker"), 1);
  return {
    page,
    hands,
    said,
    /** A marker that memory knows is shown, and that it is from memory. */
    isWarned: async () => {
      await check(page, hands, { Address: "Gorse Bank, Coldwyke" });
      assert.equal(await verdict("marker"), 1);
      assert.match(await said(), /cannot be reached at the moment/);
    },
    /** Where memory knows of nothing, nobody is told that there is nothing. */
    isNotCleared: async () => {
      await check(page, hands, { Name: "Harold Pettifer", Postcode: "ZZ1 1ZZ" });
      assert.equal(await verdict("unknown"), 1);
      assert.doesNotMatch(await said(), /none found/i);
    },
    /** It is as before. */
    isAnsweredAgain: async () => {
      await check(page, hands, { Address: "Gorse Bank, Coldwyke" });
      assert.equal(await verdict("marker"), 1);
      assert.doesNotMatch(await said(), /cannot be reached/);
      await context.close();
    },
  };
}
