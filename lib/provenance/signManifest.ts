import { createPublicKey, sign, type KeyObject } from "node:crypto";
import {
  FORMAT,
  keyFingerprint,
  requireEd25519,
  sha256,
  signedBytes,
  type BoundClaim,
  type Claim,
  type Manifest,
} from "./manifest";

/** Whether a text is a date of ISO 8601, such as "2026-01-31" or "2026-01-31T12:00:00Z". */
function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text));
}

/**
 * Signs a claim about an image.
 *
 * @param file The bytes of the image's file, as they are published: the same pixels in another file are another file.
 * @param privateKey Ed25519. Whoever has it can sign anything: keep it off the machine that publishes.
 * @returns The manifest's text, to be kept beside the file.
 * @throws Error when the key is of another kind, the file empty, or the date not of ISO 8601.
 */
export function signManifest(file: Uint8Array, claim: Claim, privateKey: KeyObject): string {
  requireEd25519("signManifest", privateKey, "private");
  if (file.length === 0)
    throw new Error("signManifest: the file is empty; pass the bytes of the image's file.");
  if (!isDate(claim.date))
    throw new Error(
      `signManifest: the date must be of ISO 8601, such as "2026-01-31", got "${claim.date}".`,
    );
  const { generator, date, statement } = claim;
  const bound: BoundClaim = { generator, date, statement, sha256: sha256(file) };
  const payload = JSON.stringify(bound);
  const manifest: Manifest = {
    format: FORMAT,
    payload,
    keyId: keyFingerprint(createPublicKey(privateKey)),
    signature: sign(null, signedBytes(payload), privateKey).toString("base64"),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
