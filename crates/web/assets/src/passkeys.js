// Passkeys: asks the browser for one and puts what it says into the form, which then goes to the server as any form does. Where the browser
// knows no passkeys nothing is shown, and the other ways of the page remain.

const FIVE_MINUTES = 300_000;

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const keys = (known) => known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) }));

async function used({ asking, site, known }) {
  const publicKey = { challenge: bytes(asking), rpId: site, userVerification: "required", timeout: FIVE_MINUTES, allowCredentials: keys(known) };
  const { id, response } = await navigator.credentials.get({ publicKey });
  return {
    "passkey-id": id,
    "passkey-client": text(response.clientDataJSON),
    "passkey-device": text(response.authenticatorData),
    "passkey-signature": text(response.signature),
  };
}

async function made({ asking, site, known, user, email, name, kinds }) {
  const publicKey = {
    challenge: bytes(asking),
    rp: { id: site, name: document.title.split(" - ").at(-1) },
    user: { id: bytes(user), name: email, displayName: name },
    pubKeyCredParams: kinds.split(" ").map((alg) => ({ type: "public-key", alg: Number(alg) })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: keys(known),
    attestation: "none",
    timeout: FIVE_MINUTES,
  };
  const { response } = await navigator.credentials.create({ publicKey });
  return { "made-client": text(response.clientDataJSON), "made-device": text(response.attestationObject) };
}

export function offerPasskey(box) {
  // A key is made for one name: under another, such as a bare number, there is none.
  if (!window.PublicKeyCredential || location.hostname !== box.dataset.site) return;
  const [button, trouble] = [box.querySelector("button"), box.querySelector("[role=alert]")];
  box.hidden = false;
  button.addEventListener("click", async () => {
    trouble.hidden = true;
    try {
      const said = await (box.dataset.passkey === "make" ? made : used)(box.dataset);
      for (const [field, value] of Object.entries(said)) box.querySelector(`[name=${field}]`).value = value;
      box.closest("form").submit();
    } catch {
      // Whoever said no, has no key here, or waited too long, is told so; what happened stays with the browser.
      trouble.hidden = false;
    }
  });
}
