/**
 * The council's own sign-on, as a council has it: a certified provider of OpenID Connect (`oidc-provider`) on this machine, with this
 * register as its one client and a few people of its own. It lives under another name than the register, so that for a browser it is
 * another site.
 */

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import Provider from "oidc-provider";
import { personas } from "./personas.mjs";
import { serve } from "./served.mjs";

const CLIENT = "safety register";
/** Of letters that a client has to write otherwise when it proves itself. */
const SECRET = "half a secret: 50 % + more/&=";
const PASSWORD = "at the council only";

/**
 * Who signs in at the council, and what the council calls them: never by a name that others could be given.
 * @type {Readonly<Record<string, { login: string, sub: string, email: string, email_verified: boolean, told?: "beside the token" }>>}
 */
export const people = Object.freeze({
  /** The register has an account for this address. */
  known: { login: "adell", sub: "7d1b2f30-4c1e", email: personas.officer.email, email_verified: true },
  /** The same, and the provider tells the address at its UserInfo endpoint alone, as the standard has it (Core 1.0, 5.4). */
  knownBeside: { login: "slathbury", sub: "51aa7c08-6f42", email: personas.contractor.email, email_verified: true, told: "beside the token" },
  /** The register has none. */
  unknown: { login: "ipettifer", sub: "0c9e64aa-91d7", email: "ivor.pettifer@wyvernshire.example", email_verified: true },
  /** Calls themselves by the address of somebody else, which nobody has proven. */
  pretender: { login: "nobody", sub: "f2a7715b-03be", email: personas.decisionMaker.email, email_verified: false },
});

/** @param {string} kind @param {string} algorithm @param {object} [options] */
function key(kind, algorithm, options) {
  const jwk = generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" });
  return { ...jwk, use: "sig", alg: algorithm, kid: algorithm };
}

/** @param {string} title @param {string} body */
const page = (title, body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><main><h1>${title}</h1>${body}</main></html>`;

const loginPage = (action) =>
  page(
    "Wyvernshire staff sign-on",
    `<form method="post" action="${action}">
      <p><label>Staff login <input name="login" autocomplete="username"></label></p>
      <p><label>Staff password <input name="password" type="password" autocomplete="current-password"></label></p>
      <p><button name="do" value="in">Sign in</button> <button name="do" value="back" formnovalidate>Turn back</button></p>
    </form>`,
  );

/**
 * Starts the provider for the register that is served at this address. It signs with RSA and has keys of other kinds as well.
 * @param {string} register
 */
export async function startProvider(register) {
  let answer;
  const { url, stop } = await serve((request, response) => answer(request, response));
  const issuer = url.replace("127.0.0.1", "localhost");
  /** What became of what it told the register, without a browser. @type {string[]} */
  const told = [];

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        redirect_uris: [`${register}/sign-in/council/return`],
        backchannel_logout_uri: `${register}/sign-in/council/logout`,
        backchannel_logout_session_required: true,
        id_token_signed_response_alg: "RS256",
      },
    ],
    jwks: { keys: [key("ed25519", "EdDSA"), key("ec", "ES256", { namedCurve: "P-256" }), key("rsa", "RS256", { modulusLength: 2048 })] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    // As Entra ID and Keycloak do: the mail address comes in the ID token, unless said otherwise above.
    conformIdTokenClaims: false,
    findAccount: (_, sub) => {
      const person = Object.values(people).find((it) => it.sub === sub);
      return person && { accountId: sub, claims: (use) => (person.told && use === "id_token" ? { sub } : person) };
    },
    // The council's own register: nobody is asked whether it may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope("openid email");
      await grant.save();
      return grant;
    },
    interactions: { url: (_, { uid }) => `/staff/${uid}` },
    // By itself it tells nobody on its own machine of a logout; here the register is.
    fetch: (address, { dispatcher, ...options }) => fetch(address, options),
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = page("Sign out?", `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out everywhere</button>`);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = page("Signed out", "<p>You have signed out of Wyvernshire.</p>");
        },
      },
    },
    renderError: (ctx, { error, error_description: why }) => {
      ctx.type = "html";
      ctx.body = page("The sign-on refused", `<pre>${`${error}: ${why}`.replaceAll("<", "&lt;")}</pre>`);
    },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 3600, IdToken: 300, Interaction: 600, Session: 3600 },
  });
  provider.on("backchannel.success", () => told.push("taken"));
  provider.on("backchannel.error", (_, error) => told.push(error.message));

  const standard = provider.callback();
  answer = (request, response) => (request.url.startsWith("/staff/") ? desk(provider, request, response) : standard(request, response));

  /** What the register's settings say of it. @param {string} folder where the secret may lie */
  const settings = async (folder) => {
    const file = join(folder, "council-secret");
    await writeFile(file, `${SECRET}\n`, { mode: 0o600 });
    return {
      PSR_SIGN_ON__ISSUER: issuer,
      PSR_SIGN_ON__CLIENT_ID: CLIENT,
      PSR_SIGN_ON__CLIENT_SECRET_FILE: file,
      PSR_SIGN_ON__ADDRESS: register,
    };
  };
  return { issuer, settings, told, stop };
}

/** Where staff say who they are. @param {Provider} provider */
async function desk(provider, request, response) {
  if (request.method !== "POST") {
    await provider.interactionDetails(request, response);
    return response.setHeader("content-type", "text/html").end(loginPage(request.url));
  }
  let sent = "";
  for await (const part of request) sent += part;
  const form = new URLSearchParams(sent);
  if (form.get("do") === "back") {
    return provider.interactionFinished(request, response, { error: "access_denied", error_description: "turned back" });
  }
  const person = Object.values(people).find((it) => it.login === form.get("login"));
  if (!person || form.get("password") !== PASSWORD) return response.setHeader("content-type", "text/html").end(loginPage(request.url));
  return provider.interactionFinished(request, response, { login: { accountId: person.sub, amr: ["pwd", "mfa"] } });
}

/**
 * Signs somebody in there, and stops where the browser would be led back to the register: gives the address.
 * @param {import("playwright-core").Page} page on the provider's page @param {{ login: string }} person
 */
export async function wayBack(page, { login }) {
  const { request } = page.context();
  const sent = { form: { login, password: PASSWORD, do: "in" }, maxRedirects: 0 };
  const resume = (await request.post(page.url(), sent)).headers().location;
  return (await request.get(resume, { maxRedirects: 0 })).headers().location;
}

/** Says who somebody is, on the provider's page. @param {import("playwright-core").Page} page @param {{ login: string }} person */
export async function signInAtProvider(page, person) {
  await page.getByLabel("Staff login").fill(person.login);
  await page.getByLabel("Staff password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
