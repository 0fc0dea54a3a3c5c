import { canonicalText } from "#lib/core/document/documentDigests.ts";
import { isObject } from "#lib/core/document/isObject.ts";
import type { ParsedKey, ParsedKeySet } from "#lib/core/document/ParsedKeySet.ts";
import type { ParseFault } from "#lib/core/document/ParsedDocument.ts";
import { parseJson } from "#lib/core/document/parseJson.ts";
import { readUtf8 } from "#lib/core/document/readUtf8.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { thumbprint } from "./thumbprint.ts";

/** Members of a JWK that only its owner may know (RFC 7518 §6, RFC 8037, ML-DSA's `priv`). */
export const privateMembers: readonly string[] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/** A set of more keys is refused unread: real ones have a few, and each key is judged, shown and remembered. */
export const maxKeys = 200;

/**
 * Reads a JWK Set once. Never throws. Bytes, and text from elsewhere than the document itself, are read as a body;
 * anything else is taken as the value of an inline `jwks`. Private members are gone from what it returns; only
 * their names remain.
 *
 * @param source "inline" or the jwks_uri
 */
export function parseKeySet(value: unknown, source: string): ParsedKeySet {
  if (value instanceof Uint8Array || (typeof value === "string" && source !== "inline")) {
    const read = readUtf8(value);
    if (read.fault === "not_utf8") return broken("not_utf8", "The key set is not valid UTF-8.", source);
    const json = parseJson(read.text);
    const unread = json.faults.some(({ kind }) => kind === "not_json" || kind === "too_deep");
    return unread ? { faults: json.faults, source } : keySetOf(json.value, json.faults, source);
  }
  return keySetOf(value, [], source);
}

/** A key set from a value that `parseJson` has already read, with what it noticed. */
export function keySetOf(value: unknown, faults: readonly ParseFault[], source: string): ParsedKeySet {
  if (!isObject(value)) return broken("not_object", "The key set is not a JSON object.", source, faults);
  const { keys } = value;
  if (!Array.isArray(keys)) return { faults, source };
  if (keys.length > maxKeys) {
    const message = `The key set has ${keys.length} keys; more than ${maxKeys} are not read. Remove those that are out of use.`;
    return broken("too_many", message, source, faults);
  }
  const parsed = keys.map(parseKey);
  let digest: string | undefined;
  return {
    faults,
    keys: parsed,
    source,
    get digest() {
      return faults.length > 0 ? undefined : (digest ??= digestOf(parsed));
    },
  };
}

function parseKey(jwk: unknown, index: number): ParsedKey {
  if (!isObject(jwk)) return { index, publicJwk: {}, privateMembers: [] };
  const publicJwk = Object.fromEntries(
    Object.entries(jwk).filter(([name]) => !privateMembers.includes(name)),
  );
  const text = (name: string) => (typeof jwk[name] === "string" ? jwk[name] : undefined);
  return {
    index,
    publicJwk,
    privateMembers: privateMembers.filter((name) => hasValue(jwk[name])),
    jkt: thumbprint(publicJwk),
    kid: text("kid"),
    kty: text("kty"),
    alg: text("alg"),
    crv: text("crv"),
    use: text("use"),
  };
}

// Seen live: `"oth": []` on EC keys, which reveals nothing.
function hasValue(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  return !(Array.isArray(value) && value.length === 0);
}

function digestOf(keys: readonly ParsedKey[]): string | undefined {
  const text = JSON.stringify(keys.map(({ publicJwk }) => publicJwk));
  // Without a canonical form there is nothing to compare by.
  if (/\\ud[89a-f]/i.test(text)) return undefined;
  return sha256Hex(canonicalText({ keys: JSON.parse(text) }));
}

function broken(
  kind: ParseFault["kind"],
  message: string,
  source: string,
  faults: readonly ParseFault[] = [],
): ParsedKeySet {
  return { faults: [...faults, { kind, message, path: "" }], source };
}
