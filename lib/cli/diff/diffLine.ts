import { isObject } from "#lib/core/document/isObject.ts";
import type { ParseFault } from "#lib/core/document/ParsedDocument.ts";
import { maxDepth, parseJson } from "#lib/core/document/parseJson.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { readDocument, readKeySet, readLeniently } from "#lib/cli/check/checkLine.ts";
import { bodyOf, isAbsent } from "#lib/cli/check/checkOne.ts";
import { type DiffAnswer, diffOne } from "./diffOne.ts";

export type DiffLineAnswer =
  ({ readonly id: unknown } & DiffAnswer) | { readonly id: unknown; readonly error: string };

/**
 * Compares the two documents of one JSON line `{id, before, after, jwks_before?, jwks_after?, client_id?}`. Never
 * throws: a line that cannot be used is answered with `error`.
 */
export function diffLine(line: string): DiffLineAnswer {
  // One level more than a document has: it lies inside the line.
  const { value, faults } = parseJson(line, maxDepth + 1);
  const deep = faults.some(({ kind }) => kind === "too_deep");
  const read = deep ? readLeniently(line) : value;
  if (!isObject(read)) return { id: null, error: faultIn(faults, deep) ?? "The line is not a JSON object." };
  const { id = null, client_id, before, after, jwks_before, jwks_after } = read;
  const twice = faults.find(({ kind, path }) => kind === "duplicate_member" && path.indexOf("/", 1) < 0);
  if (twice !== undefined) return { id, error: twice.message };
  if (isAbsent(before)) return { id, error: "before is missing." };
  if (isAbsent(after)) return { id, error: "after is missing." };
  if (!isAbsent(client_id) && typeof client_id !== "string")
    return { id, error: "client_id is not a string." };
  // Read again, a document that nests too deep says so itself.
  const documentAt = (member: unknown, at: string) =>
    deep ? parseDocument(bodyOf(member)) : readDocument(member, faults, at);
  const setAt = (member: unknown, at: string) => {
    if (isAbsent(member)) return undefined;
    return deep ? parseKeySet(bodyOf(member), "given") : readKeySet(member, faults, at);
  };
  const answer = diffOne({
    clientId: client_id ?? undefined,
    before: documentAt(before, "/before"),
    after: documentAt(after, "/after"),
    keysBefore: setAt(jwks_before, "/jwks_before"),
    keysAfter: setAt(jwks_after, "/jwks_after"),
  });
  return { id, ...answer };
}

function faultIn(faults: readonly ParseFault[], deep: boolean): string | undefined {
  return deep ? "The line nests too deep." : faults.find(({ kind }) => kind === "not_json")?.message;
}
