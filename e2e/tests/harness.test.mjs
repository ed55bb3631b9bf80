/** The tests of the tests: each check of the harness is shown a fault planted for it and must find it, and nothing in a sound page. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "../lib/accessible.mjs";
import { closeBrowser, look, views } from "../lib/browser.mjs";
import { keyboard } from "../lib/keyboard.mjs";
import { serve } from "../lib/served.mjs";
import { totp } from "../lib/totp.mjs";

const page = (body, style = "") => `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A form</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <style>input, button { min-height: 30px } ${style}</style></head><body><main><h1>A form</h1>${body}</main></body></html>`;

const form = `<form action="/done" method="get">
  <label for="name">Name</label> <input id="name" name="name">
  <fieldset><legend>Purpose</legend>
    <input type="radio" id="visit" name="purpose" value="visit"> <label for="visit">A visit</label>
    <input type="radio" id="call" name="purpose" value="call"> <label for="call">A call</label></fieldset>
  <input type="checkbox" id="read" name="read"> <label for="read">I have read this</label>
  <label for="team">Team</label> <select id="team" name="team"><option>Housing</option><option>Planning</option></select>
  <button>Send</button></form>`;

const pages = {
  "/form": page(form),
  "/unlabelled": page(form.replace('<label for="name">Name</label>', "")),
  "/no-focus": page(form, "#name:focus { outline: none }"),
  "/out-of-order": page(form.replace('id="name"', 'id="name" tabindex="2"').replace("<button", '<button tabindex="1"')),
  "/two-buttons": page(form.replace("<fieldset>", '<button class="govuk-button--secondary">Add another</button><fieldset>')),
  "/sideways": page('<p style="width: 600px">A wide paragraph</p>'),
  "/nameless": page("<p>Text</p>").replace("<title>A form</title>", "<title></title>"),
  "/done": page("<p>Sent</p>"),
};

function answer(request, response) {
  const path = new URL(request.url, "http://localhost").pathname;
  response.setHeader("content-type", "text/html");
  response.setHeader("set-cookie", "__Host-session=kept; Path=/; Secure; HttpOnly; SameSite=Strict");
  response.setHeader("x-sent", request.headers.cookie ?? "");
  response.writeHead(pages[path] ? 200 : 404).end(pages[path]);
}

let server;

before(async () => {
  server = await serve(answer);
});
after(async () => {
  await closeBrowser();
  server.stop();
});

async function opened(path, view = views.desktop) {
  const tab = await (await look(view)).newPage();
  await tab.goto(server.url + path);
  return tab;
}

for (const view of Object.values(views)) {
  test(`a sound page is found accessible (${view.name})`, async () => {
    await accessible(await opened("/form", view), `sound-${view.name}`);
  });

  test(`a field without a label is found, with its rule and its place (${view.name})`, async () => {
    const tab = await opened("/unlabelled", view);
    await assert.rejects(accessible(tab, `planted-label-${view.name}`), /label at #name/);
  });
}

test("a page that scrolls sideways at 320 px is found", async () => {
  await assert.rejects(accessible(await opened("/sideways", views.narrow), "planted-sideways"), /scrolls sideways by \d+ px/);
});

test("a form whose first button is not its main one is found: Enter would press it", async () => {
  await assert.rejects(accessible(await opened("/two-buttons"), "planted-button"), /Enter in a field presses Add another/);
});

test("a page without a title is found", async () => {
  await assert.rejects(accessible(await opened("/nameless"), "planted-title"), /the page has no title/);
});

for (const view of [views.desktop, views.scriptless]) {
  test(`a form is filled and sent by keyboard alone (${view.name})`, async () => {
    const tab = await opened("/form", view);
    const keys = keyboard(tab);
    await keys.type(tab.getByLabel("Name"), "Ann");
    await keys.choose(tab.getByLabel("A call"));
    await keys.choose(tab.getByLabel("I have read this"));
    await keys.pick(tab.getByLabel("Team"), "Planning");
    await keys.press(tab.getByRole("button", { name: "Send" }));
    assert.equal(new URL(tab.url()).search, "?name=Ann&purpose=call&read=on&team=Planning");
  });
}

test("a field that does not show its focus is found", async () => {
  const tab = await opened("/no-focus");
  await assert.rejects(keyboard(tab).type(tab.getByLabel("Name"), "Ann"), /does not show that it has the focus/);
});

test("an order by Tab that is not the order of the page is found", async () => {
  const tab = await opened("/out-of-order");
  await assert.rejects(keyboard(tab).to(tab.getByLabel("A visit")), /comes before the last stop on the page/);
});

test("a cookie for one host over a safe connection is kept on this machine's own address, and moves with a session", async () => {
  const tab = await opened("/form");
  const again = await (await look(views.phone, { storageState: await tab.context().storageState() })).newPage();
  const answer = await again.goto(`${server.url}/form`);
  assert.equal(answer.headers()["x-sent"], "__Host-session=kept");
});

test("the codes are those of RFC 6238, appendix B", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  assert.equal(totp(secret, 59_000, 8), "94287082");
  assert.equal(totp(secret, 1_111_111_109_000, 8), "07081804");
  assert.equal(totp(secret, 20_000_000_000_000, 8), "65353130");
});
