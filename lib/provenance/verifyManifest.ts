import { verify, type KeyObject } from "node:crypto";
import {
  FORMAT,
  keyFingerprint,
  requireEd25519,
  sha256,
  signedBytes,
  type BoundClaim,
  type Manifest,
} from "./manifest";

/** Why a manifest proves nothing. */
export type Refusal = "malformed" | "wrong key" | "changed manifest" | "changed image";

/** What a manifest proves: that the key's owner made this claim of this file; or why it does not. */
export type Verification =
  | { readonly valid: true; readonly claim: BoundClaim }
  | { readonly valid: false; readonly reason: Refusal; readonly explanation: string };

function refuse(reason: Refusal, explanation: string): Verification {
  return { valid: false, reason, explanation };
}

/** The object that a JSON text is, if all these fields of it are texts. */
function textFields<Name extends string>(
  text: string,
  names: readonly Name[],
): Record<Name, string> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const fields = (typeof parsed === "object" && parsed !== null ? parsed : {}) as Record<
    Name,
    unknown
  >;
  return names.every((name) => typeof fields[name] === "string")
    ? (fields as Record<Name, string>)
    : undefined;
}

function readManifest(text: string): Omit<Manifest, "format"> | undefined {
  const fields = textFields(text, ["format", "payload", "keyId", "signature"]);
  return fields?.format === FORMAT && Buffer.from(fields.signature, "base64").length === 64
    ? fields
    : undefined;
}

/**
 * Checks a manifest against a file and a key that is trusted.
 *
 * It proves that the key's owner signed this claim of these bytes; not that the claim is true, nor who the owner is. Of a
 * file without a manifest it says nothing.
 *
 * @param text The manifest's text, from anyone.
 * @param file The bytes of the image's file, from anyone.
 * @param publicKey Ed25519, from a source that is trusted: never from the manifest's sender.
 * @throws Error when the key is of another kind. Whatever text and file hold is a verdict, not an error.
 */
export function verifyManifest(text: string, file: Uint8Array, publicKey: KeyObject): Verification {
  requireEd25519("verifyManifest", publicKey, "public");
  const manifest = readManifest(text);
  if (manifest === undefined)
    return refuse("malformed", `The text is not a manifest of the format "${FORMAT}".`);
  const trusted = keyFingerprint(publicKey);
  if (manifest.keyId !== trusted) {
    return refuse(
      "wrong key",
      `The manifest says that the key ${manifest.keyId.slice(0, 16)}… signed it; the trusted key is ${trusted.slice(0, 16)}….`,
    );
  }
  if (
    !verify(
      null,
      signedBytes(manifest.payload),
      publicKey,
      Buffer.from(manifest.signature, "base64"),
    )
  ) {
    return refuse(
      "changed manifest",
      "The signature is not that of the trusted key on this claim: one of them was changed, or another key was used.",
    );
  }
  const claim = textFields(manifest.payload, ["generator", "date", "statement", "sha256"]);
  if (claim === undefined)
    return refuse("malformed", "The signature is right, but what is signed is not a claim.");
  const found = sha256(file);
  if (claim.sha256 !== found) {
    return refuse(
      "changed image",
      `The claim is of a file with the SHA-256 ${claim.sha256.slice(0, 16)}…; this file has ${found.slice(0, 16)}….`,
    );
  }
  return { valid: true, claim };
}
