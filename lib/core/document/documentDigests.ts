import canonicalize from "canonicalize";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { EffectiveMetadata } from "./EffectiveMetadata.ts";
import { isObject } from "./isObject.ts";
import type { DocumentDigests } from "./ParsedDocument.ts";

const setLike = [
  "contacts",
  "redirect_uris",
  "grant_types",
  "response_types",
  "scope",
  "token_endpoint_auth_methods_supported",
] as const;
const otherSetLike = ["post_logout_redirect_uris", "request_uris", "claims_redirect_uris"];

/**
 * The three digests of one document. `members` must be free of lone surrogates, duplicates and non-finite
 * numbers, which RFC 8785 has no form for: `parseDocument` sees to it.
 */
export function documentDigests(
  text: string | Uint8Array,
  members: Readonly<Record<string, unknown>>,
  effective: EffectiveMetadata,
): DocumentDigests {
  return {
    raw: sha256Hex(text),
    canonical: sha256Hex(canonicalText(members)),
    semantic: sha256Hex(canonicalText(withSortedSets(effective))),
  };
}

/** The RFC 8785 form of a JSON value. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("Only JSON values have a canonical form.");
  return text;
}

function withSortedSets(effective: EffectiveMetadata): Record<string, unknown> {
  const sorted: Record<string, unknown> = Object.fromEntries(
    Object.entries(effective).filter(([, value]) => value !== undefined),
  );
  for (const name of setLike) sorted[name] = sortedSet(effective[name]);
  sorted["other"] = Object.fromEntries(
    Object.entries(effective.other).map(([name, value]) => [
      name,
      otherSetLike.includes(name) && Array.isArray(value) ? sortedSet(value) : value,
    ]),
  );
  if (isObject(effective.jwks) && Array.isArray(effective.jwks["keys"])) {
    sorted["jwks"] = { ...effective.jwks, keys: sortedSet(effective.jwks["keys"]) };
  }
  return sorted;
}

function sortedSet(items: readonly unknown[]): unknown[] {
  const byText = new Map(items.map((item) => [canonicalText(item), item]));
  return [...byText.keys()].sort().map((text) => byText.get(text));
}
