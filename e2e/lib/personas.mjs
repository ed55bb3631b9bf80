/**
 * The people of the demonstration register, and how they sign in. They are made by `psr demo`, which prints the same names and passwords.
 */

import { totp } from "./totp.mjs";

/** @typedef {{ name: string, email: string, password: string, secret: string }} Persona */

const password = "demonstration only";
const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** @param {string} name @returns {Persona} */
function persona(name) {
  return { name, email: `${name.toLowerCase().replaceAll(" ", ".")}@wyvernshire.example`, password, secret };
}

/** @type {Readonly<Record<string, Persona>>} */
export const personas = Object.freeze({
  officer: persona("Amy Dell"),
  member: persona("Cllr Margaret Ashdown-Bee"),
  contractor: persona("Steve Lathbury"),
  partner: persona("Nadia Whitcombe-Ali"),
  lineManager: persona("Joan Birtwhistle"),
  registerTeam: persona("Tom Hathersedge"),
  otherRegisterTeam: persona("Priya Ramanathan"),
  decisionMaker: persona("Martin Oakenshaw"),
  otherDecisionMaker: persona("Folasade Bright-Ojo"),
  governanceGroup: persona("Judith Amberley"),
  appealOfficer: persona("Gordon Fell-Marchetti"),
  dataProtection: persona("Helen Strand-Whitlow"),
  policyOwner: persona("Rosalind Kettleburn"),
  cabinetMember: persona("Cllr Anthony Wetherley-Shaw"),
  auditor: persona("Victor Penhale"),
  administrator: persona("Zainab Karimova-Holt"),
});

/**
 * Signs in through the pages as a person would. A code is good once, so sign in once a person and file, and keep the context's state.
 * @param {import("playwright-core").Page} page
 * @param {string} url where the register is served
 * @param {Persona} persona
 * @param {number} [milliseconds] the program's time, since 1970
 */
export async function signIn(page, url, persona, milliseconds = Date.now()) {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("Email address").fill(persona.email);
  await page.getByLabel("Password", { exact: true }).fill(persona.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Code").fill(totp(persona.secret, milliseconds));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  if (new URL(page.url()).pathname === "/ready") await getReady(page);
}

/**
 * Does what is to be done before the register is used, from its page on. A demonstration has the right answers chosen already.
 * @param {import("playwright-core").Page} page
 */
export async function getReady(page) {
  const go = async (what) => {
    const from = page.url();
    await what.click();
    await page.waitForURL((to) => to.href !== from);
  };
  const button = (name) => page.getByRole("button", { name });
  while (new URL(page.url()).pathname === "/ready") {
    await go(page.locator(".govuk-task-list__link").first());
    if (new URL(page.url()).pathname === "/ready/training") {
      await go(button("Continue"));
      await go(button("Answer the questions"));
      await button("Hand in").click();
      await go(button("Continue"));
    } else {
      await go(button(/^(I have read|I keep)/));
    }
  }
}
