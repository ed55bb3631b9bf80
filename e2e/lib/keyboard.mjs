/**
 * A person with a keyboard and no mouse: gets to things by Tab alone and uses them by typing, arrows, Space and Enter.
 * On the way every stop must show its focus, be on screen, follow the order of the page, and let go again.
 */

import assert from "node:assert/strict";
import { isOpen } from "./mouse.mjs";

const STOPS = 200;

/** @typedef {import("playwright-core").Locator} Locator */

/** @param {import("playwright-core").Page} page */
export function keyboard(page) {
  /** Presses Tab until the wanted thing has the focus. @param {Locator} wanted */
  async function to(wanted) {
    await wanted.waitFor({ state: "attached" });
    await page.evaluate(rememberRest);
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await isReached(wanted)) return;
      await page.keyboard.press("Tab");
      const fault = await page.evaluate(faultOfStop);
      assert.equal(fault, null, `by keyboard on ${page.url()}: ${fault}`);
    }
    assert.fail(`by keyboard on ${page.url()}: ${wanted} was not reached in ${STOPS} stops`);
  }

  return {
    to,

    /** Types into a field, over what it held. @param {Locator} field @param {string} text */
    async type(field, text) {
      await to(field);
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await page.keyboard.type(text);
      assert.equal(await field.inputValue(), text);
    },

    /** Ticks a checkbox or picks a radio button; does nothing where it is so already. @param {Locator} choice */
    async choose(choice) {
      await to(choice);
      for (let step = 0; step < STOPS && !(await hasFocus(choice)); step += 1) {
        await page.keyboard.press("ArrowDown");
      }
      if (!(await choice.isChecked())) await page.keyboard.press("Space");
      assert.ok(await choice.isChecked(), `by keyboard: ${choice} could not be chosen`);
    },

    /** Picks from a drop-down list by the words shown. @param {Locator} list @param {string} words */
    async pick(list, words) {
      await to(list);
      await page.keyboard.type(words);
      assert.equal((await list.locator("option:checked").innerText()).trim(), words);
    },

    /** Opens what is folded away, unless it is open. @param {Locator} summary its words */
    async open(summary) {
      if (await isOpen(summary)) return;
      await to(summary.locator("xpath=ancestor-or-self::summary"));
      await page.keyboard.press("Enter");
      assert.ok(await isOpen(summary), `by keyboard: ${summary} could not be opened`);
    },

    /** Follows a link or presses a button, and waits for the page it leads to. @param {Locator} control */
    async press(control) {
      await to(control);
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    },
  };
}

/** @param {Locator} wanted */
function hasFocus(wanted) {
  return wanted.evaluate((element) => element === document.activeElement);
}

/** A group of radio buttons is one stop: reaching any of them reaches all. @param {Locator} wanted */
function isReached(wanted) {
  return wanted.evaluate((element) => {
    const at = document.activeElement;
    const sameGroup =
      element.type === "radio" && at?.type === "radio" && at.name === element.name && at.form === element.form;
    return element === at || sameGroup;
  });
}

/** Runs in the page: keeps how each thing that can be focused looks at rest, to compare with later. */
function rememberRest() {
  const look = (element) => {
    const parts = [[element], [element, "::before"], [element, "::after"]];
    for (const label of element.labels ?? []) parts.push([label], [label, "::before"], [label, "::after"]);
    return parts
      .map(([part, pseudo]) => {
        const style = getComputedStyle(part, pseudo);
        return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth].join();
      })
      .join("|");
  };
  const kept = (globalThis.psrRest ??= { look, rest: new Map() });
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")) {
    if (element !== document.activeElement && !kept.rest.has(element)) kept.rest.set(element, look(element));
  }
}

/** Runs in the page after a Tab: what is wrong with where the focus now is, or null. */
function faultOfStop() {
  const kept = globalThis.psrRest;
  const at = document.activeElement;
  const before = kept.last;
  kept.last = at;
  if (!at || at === document.body) {
    kept.last = undefined;
    return null;
  }
  const what = `<${at.tagName.toLowerCase()}> "${(at.innerText || at.name || at.id || "").trim().slice(0, 60)}"`;
  if (at === before) return `${what} does not let the focus go`;
  if (before?.isConnected && before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_PRECEDING) {
    return `${what} comes before the last stop on the page, but after it by Tab`;
  }
  if (kept.rest.get(at) === kept.look(at)) return `${what} does not show that it has the focus`;
  const box = at.getBoundingClientRect();
  const onScreen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  if (!onScreen) return `${what} has the focus but is not on the screen`;
  return null;
}
