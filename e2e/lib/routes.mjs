/** The addresses of the product, as its router lists them, and the pages that somebody reaches by following links. */

import { readFileSync } from "node:fs";

const router = readFileSync(new URL("../../crates/pages/src/router.rs", import.meta.url), "utf8");

/** Every address with what answers it, in the order of the router; parts in braces stand for a file. */
const all = [...router.matchAll(/\.route\(\s*"([^"]+)",\s*(\w+)/g)].map(([, route, answers]) => ({ route, answers }));

/** Those that answer GET. */
export const routes = all.filter(({ answers }) => answers !== "post").map(({ route }) => route);

const shapes = all
  .map(({ route }) => route)
  .sort((one, other) => one.split("{").length - other.split("{").length)
  .map((route) => ({ route, shape: new RegExp(`^${route.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`) }));

/** The route that answers an address, or undefined. @param {string} path */
export function routeOf(path) {
  return shapes.find(({ shape }) => shape.test(path))?.route;
}

/** So many files of a kind are opened in search of links: each state of a file leads elsewhere. */
const FILES = 25;

/** So many of what is no page, such as letters as PDFs, which lead nowhere and take long to draw. */
const DOCUMENTS = 2;

/**
 * Follows every link from the given addresses on, without a browser, and resolves to the addresses found of each route.
 * @param {string} url where the register is served
 * @param {string} cookie of whoever is signed in
 * @param {string[]} starts
 * @param {(route: string, path: string, html: string) => void} [atEach] called with each page found
 * @returns {Promise<Map<string, string[]>>}
 */
export async function explore(url, cookie, starts, atEach = () => {}) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  const seen = new Set();
  const queue = [...starts];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const route = routeOf(path.split("?")[0]);
    if (seen.has(path) || !route || path.includes("/files/")) continue;
    seen.add(path);
    const known = found.get(route) ?? [];
    if (known.length >= (route.includes(".") ? DOCUMENTS : FILES)) continue;
    const answer = await fetch(url + path, { headers: { cookie } });
    if (answer.status >= 500) throw new Error(`${path} was answered with ${answer.status}`);
    if (answer.status !== 200) continue;
    if (answer.redirected) {
      queue.push(new URL(answer.url).pathname);
      continue;
    }
    found.set(route, [...known, path]);
    if (!answer.headers.get("content-type")?.includes("html")) continue;
    const html = await answer.text();
    atEach(route, path, html);
    queue.push(...[...html.matchAll(/ href="(\/[^"#]*)/g)].map(([, href]) => href.replace(/&(#38|amp);/g, "&")));
  }
  return found;
}

/** The cookie header of a browser's session. @param {{ cookies: { name: string, value: string }[] }} state */
export function cookieOf(state) {
  return state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
