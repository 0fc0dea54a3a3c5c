import { documentOf, parseDocument } from "#lib/core/document/parseDocument.ts";
import { utf8Length } from "#lib/core/document/readUtf8.ts";
import { isObject } from "#lib/core/document/isObject.ts";
import type { ParseFault } from "#lib/core/document/ParsedDocument.ts";
import { maxDepth, parseJson } from "#lib/core/document/parseJson.ts";
import { keySetOf, parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { type Profile, profiles } from "#lib/core/profile.ts";
import { bodyOf, type CheckAnswer, checkOne, isAbsent, judge } from "./checkOne.ts";

export type LineAnswer =
  ({ readonly id: unknown } & CheckAnswer) | { readonly id: unknown; readonly error: string };

/**
 * Judges one JSON line `{id, client_id, document?, jwks?, profile?}`. Never throws: a line that cannot be used is
 * answered with `error`.
 */
export function checkLine(line: string, defaultProfile: Profile = "ietf"): LineAnswer {
  // One level more than a document has: it lies inside the line.
  const { value, faults } = parseJson(line, maxDepth + 1);
  const deep = faults.some(({ kind }) => kind === "too_deep");
  const read = deep ? readLeniently(line) : value;
  if (!isObject(read)) return { id: null, error: faultIn(faults, deep) ?? "The line is not a JSON object." };
  const { id = null, client_id, document, jwks, profile = defaultProfile } = read;
  const twice = faults.find(({ kind, path }) => kind === "duplicate_member" && path.indexOf("/", 1) < 0);
  if (twice !== undefined) return { id, error: twice.message };
  if (typeof client_id !== "string") return { id, error: "client_id is missing or not a string." };
  if (!isProfile(profile)) return { id, error: `profile is not one of ${profiles.join(", ")}.` };
  if (deep) return { id, ...checkOne({ client_id, document, jwks, profile }) };
  return {
    id,
    ...judge({
      clientId: client_id,
      profile,
      document: isAbsent(document) ? undefined : readDocument(document, faults),
      keySet: isAbsent(jwks) ? undefined : readKeySet(jwks, faults),
    }),
  };
}

export function isProfile(value: unknown): value is Profile {
  return profiles.some((profile) => profile === value);
}

/** A document that is one member of a line, or its body as text; `at` points at it. */
export function readDocument(value: unknown, faults: readonly ParseFault[], at = "/document") {
  if (typeof value === "string") return parseDocument(value);
  const text = bodyOf(value) as string;
  return documentOf({ value, faults: below(faults, at), text, bytes: utf8Length(text) });
}

export function readKeySet(value: unknown, faults: readonly ParseFault[], at = "/jwks") {
  return typeof value === "string"
    ? parseKeySet(value, "given")
    : keySetOf(value, below(faults, at), "given");
}

/** What was noticed inside one member of the line, with paths that begin there. */
function below(faults: readonly ParseFault[], path: string): ParseFault[] {
  return faults
    .filter((fault) => fault.path.startsWith(`${path}/`))
    .map((fault) => ({ ...fault, path: fault.path.slice(path.length) }));
}

function faultIn(faults: readonly ParseFault[], deep: boolean): string | undefined {
  return deep ? "The line nests too deep." : faults.find(({ kind }) => kind === "not_json")?.message;
}

/** The value of a line that nests too deep. */
export function readLeniently(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
