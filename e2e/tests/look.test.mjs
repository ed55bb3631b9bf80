/** The examples in crates/web/assets/README.md, which pages are written from, are themselves accessible in every view. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { accessible } from "../lib/accessible.mjs";
import { closeBrowser, look, screenshot, views } from "../lib/browser.mjs";
import { serve } from "../lib/served.mjs";

const assets = new URL("../../crates/web/assets/", import.meta.url);
const examples = [...readFileSync(new URL("README.md", assets), "utf8").matchAll(/```html\n([^]*?)```/g)].map(([, html]) => html);
const frame = examples.shift();

/** The whole page of the README around one of its other examples. */
function framed(example) {
  const heading = example.includes("<h1") ? "" : '<h1 class="govuk-heading-l">An example</h1><h2 class="govuk-heading-m">Of a part</h2>';
  return frame
    .replace('  <link rel="stylesheet" href="/council.css"><!-- only where the council has set colours -->\n', "")
    .replace(" ... </main>", `${heading}${example}</main>`);
}

/** Verdicts are pages of their own: each stands alone, with a heading of the first level. */
const parts = examples.flatMap((example) => (example.includes("psr-verdict") ? example.split(/\n\n(?=<section)/) : [example]));

const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
const dist = new URL("dist/", assets);
let server;

before(async () => {
  server = await serve((request, response) => {
    const asset = request.url.match(/^\/assets\/([\w/-]+\.(\w+))$/);
    if (asset) {
      response.setHeader("content-type", types[asset[2]]);
      response.end(readFileSync(new URL(asset[1], dist)));
    } else {
      response.setHeader("content-type", "text/html");
      response.end(framed(parts[Number(request.url.slice(1))]));
    }
  });
});
after(async () => {
  await closeBrowser();
  server.stop();
});

test("the README shows the page, four verdicts and the other parts", () => {
  assert.ok(frame.includes("<!doctype html>"));
  assert.equal(parts.filter((part) => part.includes("psr-verdict--")).length, 4);
  assert.ok(parts.length > 8);
});

for (const view of Object.values(views)) {
  test(`every example is accessible (${view.name})`, async () => {
    const page = await (await look(view)).newPage();
    for (const index of parts.keys()) {
      await page.goto(`${server.url}/${index}`);
      await screenshot(page, `look-${index}-${view.name}`);
      await accessible(page, `example-${index}-${view.name}`);
    }
    await page.context().close();
  });
}
