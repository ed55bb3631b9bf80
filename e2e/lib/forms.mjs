/** The forms of a page as a program that has no browser reads them. */

/**
 * @typedef {{ method: "get" | "post", action: string, fields: [string, string][] }} Form `action` is a path; a field without a value has one
 * made up, so that whoever tries them tries each.
 */

/** @param {string} text */
const plain = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replaceAll("&amp;", "&");

/** @param {string} tag @param {string} name */
const attribute = (tag, name) => {
  const [, value] = tag.match(new RegExp(`\\s${name}="([^"]*)"`)) ?? [];
  return value === undefined ? undefined : plain(value);
};

/**
 * Every form of a page.
 * @param {string} path where the page is @param {string} html
 * @returns {Form[]}
 */
export function formsOf(path, html) {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head, inside]) => {
    /** @type {Map<string, string>} */
    const fields = new Map();
    for (const [tag] of inside.matchAll(/<(?:input|select|textarea|button)\b[^>]*>/g)) {
      const name = attribute(tag, "name");
      if (!name || attribute(tag, "type") === "file") continue;
      if (!fields.has(name)) fields.set(name, attribute(tag, "value") || "1");
    }
    const method = attribute(head, "method")?.toLowerCase() === "post" ? "post" : "get";
    return { method, action: attribute(head, "action") || path, fields: [...fields] };
  });
}
