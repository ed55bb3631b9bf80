/** The six digits of an authenticator app: RFC 6238 with SHA-1 and steps of 30 seconds, as the apps themselves do it. */

import { createHmac } from "node:crypto";

const STEP_SECONDS = 30;

/**
 * @param {string} secret the shared secret in base32, as shown beside a QR code
 * @param {number} [milliseconds] when, since 1970
 * @param {number} [digits]
 */
export function totp(secret, milliseconds = Date.now(), digits = 6) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(milliseconds / 1000 / STEP_SECONDS)));
  const mac = createHmac("sha1", base32(secret)).update(counter).digest();
  const code = mac.readUInt32BE(mac[mac.length - 1] & 15) & 0x7fffffff;
  return String(code % 10 ** digits).padStart(digits, "0");
}

/** @param {string} text */
function base32(text) {
  const bits = [...text.toUpperCase().replace(/[\s=]/g, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
