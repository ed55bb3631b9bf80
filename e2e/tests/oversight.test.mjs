/** Who looks at what: an officer over their budget is told to ring, a look at one's own street stands out, and the program's log names nobody. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { check } from "../lib/check.mjs";
import { journeys } from "../lib/journey.mjs";
import { mouse } from "../lib/mouse.mjs";
import { personas } from "../lib/personas.mjs";
import { startRegister } from "../lib/program.mjs";
import { totp } from "../lib/totp.mjs";

const journey = journeys();
const { desktop, phone, scriptless } = views;
const said = (page) => page.locator("main").innerText();
const TODAY = new Date();

/** The fields of a visit today. @param {Record<string, string>} typed */
const visit = (typed) => ({
  purpose: "visit",
  "day-day": String(TODAY.getDate()),
  "day-month": String(TODAY.getMonth() + 1),
  "day-year": String(TODAY.getFullYear()),
  ...typed,
});

/** Sends a check as a program would that walks along addresses. */
const asks = (page, typed) =>
  page.request.post("/check", { form: visit(typed), headers: { "sec-fetch-site": "same-origin" } });

journey("an officer over their budget is told to ring", { as: "officer", in: [desktop, phone, scriptless] }, async ({ page, view }) => {
  let status = 200;
  for (let number = 0; status === 200 && number <= 60; number += 1) {
    status = (await asks(page, { uprn: `1999000000${String(number).padStart(2, "0")}` })).status();
  }
  assert.equal(status, 429, "the walk is stopped");
  await check(page, mouse(page), { Name: "Nobody Atall", Postcode: "WV7 5TR" });
  assert.match(await said(page), /Cannot say/);
  assert.match(await said(page), /Ring .+\s[\d ]{6,}/);
  assert.doesNotMatch(await said(page), /none found/i);
  await accessible(page, `over-budget-${view.name}`);
  await screenshot(page, `over-budget-${view.name}`);
});

journey("a look at one’s own street stands out, says why, is asked about and closed", { as: "contractor", in: [desktop, phone] }, async ({ page, as, view }) => {
  await page.goto("/account/home");
  await page.getByLabel("Address").fill("6 Ropewalk Court, Marlham");
  await accessible(page, `own-home-${view.name}`);
  await screenshot(page, `own-home-${view.name}`);
  await page.getByRole("button", { name: "Save" }).click();
  await check(page, mouse(page), { Name: "Ignatius Throstlewick", Address: "3 Ropewalk Court, Marlham" });

  const officer = await as("dataProtection");
  await officer.goto("/access-log");
  await officer.getByRole("link", { name: "Looks that stand out" }).click();
  assert.match(await said(officer), /The reader’s own street/);
  assert.doesNotMatch(await said(officer), /Throstlewick|Ropewalk/, "never what was asked");
  await accessible(officer, `oversight-${view.name}`);
  await screenshot(officer, `oversight-${view.name}`);

  await officer.getByRole("row", { name: /The reader’s own street/ }).first().getByRole("link").last().click();
  await officer.getByRole("heading", { name: "Looks of one reader" }).waitFor();
  assert.doesNotMatch(await said(officer), /Throstlewick|Ropewalk/, "nor here");
  await accessible(officer, `look-${view.name}`);
  const question = `What was this for, ${view.name}?`;
  await officer.getByLabel("What do you want to know?").fill(question);
  await officer.getByRole("button", { name: "Ask them" }).click();
  const place = officer.url();

  await page.goto("/");
  await page.getByRole("link", { name: "Answer the question" }).click();
  assert.ok((await said(page)).includes(question));
  await accessible(page, `own-looks-${view.name}`);
  await screenshot(page, `own-looks-${view.name}`);
  await page.getByLabel("What was it for?").fill("The lift at number 3 is ours.");
  await page.getByRole("button", { name: "Send your answer" }).click();
  assert.match(await said(page), /No question waits for your answer/);

  const auditor = await as("auditor");
  await auditor.goto(place);
  assert.match(await said(auditor), /The lift at number 3 is ours/);
  await auditor.getByLabel("There was a reason to look").check();
  await auditor.getByLabel("How do you know?").fill("It is in the diary of the lifts.");
  await auditor.getByRole("button", { name: "Close these looks" }).click();
  assert.match(await said(auditor), /Closed by/);
  await accessible(auditor, `look-closed-${view.name}`);
  await screenshot(auditor, `look-closed-${view.name}`);
});

journey("whoever checks an address at which nobody lives stands out at once, and is told nothing of it", { as: "member", in: [desktop, phone] }, async ({ page, as, view }) => {
  const lines = `${view === phone ? 901 : 902} Ropewalk Court, Marlham`;
  const auditor = await as("auditor");
  await auditor.goto("/oversight");
  await auditor.getByRole("link", { name: "Decoys" }).click();
  await auditor.getByRole("button", { name: "Place it" }).click();
  await accessible(auditor, `decoys-empty-${view.name}`);
  await auditor.getByLabel("Address").fill(lines);
  await auditor.getByLabel("Postcode").fill("WV3 4AB");
  await auditor.getByRole("button", { name: "Place it" }).click();
  assert.ok((await said(auditor)).includes(`${lines}, WV3 4AB`));
  await accessible(auditor, `decoys-${view.name}`);
  await screenshot(auditor, `decoys-${view.name}`);

  await check(page, mouse(page), { Address: lines, Postcode: "WV3 4AB" });
  assert.match(await said(page), /None found/);
  assert.doesNotMatch(await said(page), /decoy/i);
  await auditor.goto("/oversight");
  assert.match(await said(auditor), /A decoy: an address at which nobody lives/);
});

/** The program by itself, with everything it says. */
let register;
before(async () => {
  register = await startRegister();
});
after(() => register.stop());

test("whatever is typed, wherever it goes wrong, the program’s log names nobody", async () => {
  const canary = "Zebedee-Quillfeather";
  let cookie = "";
  const send = async (path, fields) => {
    const answer = await fetch(register.url + path, {
      method: fields ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie, "sec-fetch-site": "same-origin" },
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    });
    await answer.arrayBuffer();
    cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return answer.status;
  };
  await send("/sign-in", { email: `${canary}@wyvernshire.example`, password: canary });
  await send("/sign-in", { email: personas.officer.email, password: personas.officer.password });
  assert.equal(await send("/sign-in/second-factor", { code: totp(personas.officer.secret) }), 303);
  const details = ["name", "address", "postcode", "born", "phone", "email", "social", "uprn", "reference", "job"];
  for (const field of details) await send("/check", visit({ name: canary, [field]: canary }));
  await send("/check", visit({ name: canary, "day-day": canary }));
  for (let number = 0; number <= 60; number += 1) await send("/check", visit({ name: `${canary} ${number}` }));
  await send("/screening", { purpose: "visit", pasted: `Name\tAddress\n${canary}\t1 ${canary} Road` });
  await send("/incidents/new", { danger: canary });
  await send("/account/home", { lines: canary, postcode: canary });
  for (const path of [`/${canary}`, `/subjects/${canary}`, `/check/planned/${canary}`, `/access-log?file=${canary}`]) {
    await send(path);
  }
  await send("/appeal", { name: canary, reference: canary, why: canary });
  const log = register.said();
  assert.match(log, /answered/, "it is the log that is read");
  assert.match(log, /a budget is exceeded/);
  assert.doesNotMatch(log, new RegExp(canary, "i"));
});
