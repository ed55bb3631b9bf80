/** A device that keeps passkeys and knows its holder, as Chromium plays one; and the name of this machine, for which it makes them. */

/** The address under which browsers take passkeys for this machine. @param {string} url */
export const byName = (url) => url.replace("127.0.0.1", "localhost");

/**
 * Gives a page a device of its own; whoever holds it is recognised or, with `stranger`, is not.
 * @param {import("playwright-core").Page} page @param {"holder" | "stranger"} [who]
 */
export async function device(page, who = "holder") {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: who === "holder",
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** How often its keys were used. */
    count: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.map((it) => it.signCount),
    /** Somebody else takes it, or its holder takes it back. @param {boolean} is */
    isHolder: (is) => session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: is }),
  };
}
