import { isObject } from "#lib/core/document/isObject.ts";
import { privateMembers } from "#lib/core/keySet/parseKeySet.ts";
import { thumbprint } from "#lib/core/keySet/thumbprint.ts";

/**
 * The thumbprint (RFC 7638) that an owner means: itself, or a public JWK, as text or as a value; or a sentence about why
 * there is none. No part of what was given is in the sentence: it may be a secret.
 */
export function readAnnouncedKey(given: unknown): { readonly jkt: string } | { readonly fault: string } {
  if (typeof given !== "string") return readJwk(given);
  const text = given.trim();
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return { jkt: text };
  if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)) return { fault: privateKey };
  if (text.startsWith("-----BEGIN"))
    return { fault: "This is PEM. Paste the public key as a JWK, or its RFC 7638 thumbprint." };
  if (!text.startsWith("{"))
    return {
      fault: "Paste a public key as a JWK, or its RFC 7638 SHA-256 thumbprint: 43 letters, digits, - and _.",
    };
  try {
    return readJwk(JSON.parse(text));
  } catch {
    return { fault: "This is not JSON. Paste the whole JWK, from { to }." };
  }
}

const privateKey =
  "This is a private key. It was not kept, but it has left its place: make a new key, and paste only the public half.";

function readJwk(value: unknown): { readonly jkt: string } | { readonly fault: string } {
  if (!isObject(value)) return { fault: "Paste one public key as a JWK." };
  if (Array.isArray(value["keys"])) {
    if (value["keys"].some((key) => isObject(key) && isPrivate(key))) return { fault: privateKey };
    return value["keys"].length === 1
      ? readJwk(value["keys"][0])
      : { fault: "This is a set of keys. Announce one key at a time." };
  }
  if (isPrivate(value)) return { fault: privateKey };
  const jkt = thumbprint(value);
  return jkt === undefined
    ? { fault: "This key has no thumbprint: a public JWK has kty and, for it, crv, x and y, or n and e." }
    : { jkt };
}

/** As for published keys: an empty private member reveals nothing. */
function isPrivate(jwk: Record<string, unknown>): boolean {
  return privateMembers.some((name) => {
    const value = jwk[name];
    return (
      value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
    );
  });
}
