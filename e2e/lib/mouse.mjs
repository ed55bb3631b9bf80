/** A person with a mouse, or a finger: does what `keyboard` does, so that a journey can be walked with either. */

/** @typedef {import("playwright-core").Locator} Locator */

/** @param {import("playwright-core").Page} page */
export function mouse(page) {
  return {
    /** @param {Locator} field @param {string} text */
    type: (field, text) => field.fill(text),

    /** @param {Locator} choice */
    choose: (choice) => choice.check(),

    /** @param {Locator} list @param {string} words */
    pick: (list, words) => list.selectOption({ label: words }),

    /** Opens what is folded away, unless it is open. @param {Locator} summary */
    open: async (summary) => {
      if (!(await isOpen(summary))) await summary.click();
    },

    /** Follows a link or presses a button, and waits for the page it leads to. @param {Locator} control */
    press: (control) => Promise.all([page.waitForEvent("load"), control.click()]),
  };
}

/** @param {Locator} summary */
export const isOpen = (summary) => summary.evaluate((element) => element.closest("details")?.open ?? true);
