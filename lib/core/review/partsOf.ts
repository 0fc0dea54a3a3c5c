import { type Change, type DriftEffect, driftSeverities, type DriftSeverity } from "#lib/core/drift/Drift.ts";
import { memberOf, textsIn } from "#lib/core/drift/memberOf.ts";
import { gained } from "#lib/core/drift/sameValue.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { type SetMember, setMembers } from "./Exclusion.ts";
import type { Part } from "./Part.ts";

/** What a snapshot says: as it was accepted (`approvedFacts`), or as it is asked for. */
export interface ReviewedFacts {
  readonly metadata: EffectiveMetadata;
  readonly keys: readonly ParsedKey[];
}

/** Takes a change apart into what can be accepted one by one, most serious first. `changes` is what the drift rules say of it. */
export function partsOf(
  changes: readonly Change[],
  approved: ReviewedFacts,
  asked: ReviewedFacts,
): readonly Part[] {
  const members = wholeMembers(changes);
  const parts = [
    ...setMembers.flatMap((member) => valueParts(member, changes, approved, asked)),
    ...members,
  ].map((part) => follow(part, members, asked.metadata));
  return parts.sort((a, b) => rank(a.severity) - rank(b.severity));
}

/** Names of a set on one side; keys go by their thumbprints. */
export function valuesOf(member: SetMember, { metadata, keys }: ReviewedFacts): readonly string[] {
  return member === "keys" ? keys.flatMap(({ jkt }) => jkt ?? []) : metadata[member];
}

function valueParts(
  member: SetMember,
  changes: readonly Change[],
  approved: ReviewedFacts,
  asked: ReviewedFacts,
): Part[] {
  const own = changes.filter((change) => memberOf(change) === member);
  const [had, has] = [valuesOf(member, approved), valuesOf(member, asked)];
  const added = gained(had, has).map((value) => {
    const said = own.filter((change) => speaksOf(change, value, member, asked.keys));
    const effect = said.some((change) => change.effect === "growth") ? "growth" : "neutral";
    return partOf(member, value, said, effect, labelOf(member, value, asked.keys));
  });
  const removed = gained(has, had).map((value) => {
    const said = own.filter(({ before }) => textsIn(before).includes(value));
    const effects = said.map(({ effect }) => effect);
    const isOnlyMoved = effects.includes("neutral") && !effects.includes("shrinkage");
    const label = labelOf(member, value, approved.keys);
    return partOf(member, value, said, isOnlyMoved ? "neutral" : "shrinkage", label);
  });
  return [...added, ...removed, ...turnedKeys(member, own, had, asked)];
}

/** A key that was there before and may now do more than it could. */
function turnedKeys(
  member: SetMember,
  own: readonly Change[],
  had: readonly string[],
  { keys }: ReviewedFacts,
): Part[] {
  if (member !== "keys") return [];
  return keys.flatMap(({ jkt }) => {
    if (jkt === undefined || !had.includes(jkt)) return [];
    const said = own.filter((change) => change.effect === "growth" && speaksOf(change, jkt, member, keys));
    return said.length === 0 ? [] : [partOf(member, jkt, said, "growth", labelOf(member, jkt, keys))];
  });
}

function wholeMembers(changes: readonly Change[]): Part[] {
  const sets = new Set<string>(setMembers);
  const named = Map.groupBy(
    changes.filter((change) => !sets.has(memberOf(change))),
    memberOf,
  );
  return [...named].map(([member, said]) => {
    const effects = said.map(({ effect }) => effect);
    const effect = (["growth", "shrinkage"] as const).find((each) => effects.includes(each)) ?? "neutral";
    return partOf(member, undefined, said, effect, visibleText(member, 60));
  });
}

/** A method that was named as the one to use is also in the list of methods: both are one thing to accept. */
function follow(part: Part, members: readonly Part[], metadata: EffectiveMetadata): Part {
  const isChosen =
    part.member === "token_endpoint_auth_methods_supported" &&
    part.value === metadata.token_endpoint_auth_method &&
    part.effect !== "shrinkage";
  const method = isChosen
    ? members.find((each) => each.member === "token_endpoint_auth_method" && each.effect === "growth")
    : undefined;
  return method === undefined
    ? part
    : {
        ...part,
        effect: "growth",
        severity: method.severity,
        changes: part.changes.length > 0 ? part.changes : method.changes,
        follows: method.id,
      };
}

function speaksOf(
  { path, after }: Change,
  value: string,
  member: SetMember,
  keys: readonly ParsedKey[],
): boolean {
  if (textsIn(after).some((text) => text === value || (member === "response_types" && isSame(text, value))))
    return true;
  // A rule that names no thumbprint points at the key instead.
  const index = /\/keys\/(\d+)(?:\/|$)/.exec(path)?.[1];
  return member === "keys" && index !== undefined && keys[Number(index)]?.jkt === value;
}

/** Response types are words in any order. */
function isSame(a: string, b: string): boolean {
  return a.split(" ").sort().join() === b.split(" ").sort().join();
}

function partOf(
  member: string,
  value: string | undefined,
  changes: readonly Change[],
  effect: DriftEffect,
  label: string,
): Part {
  const severity = changes.map((change) => change.severity).sort((a, b) => rank(a) - rank(b))[0] ?? "info";
  const id = sha256Hex(`${member}\n${value ?? ""}`).slice(0, 12);
  return { id, member, ...(value === undefined ? {} : { value }), label, changes, severity, effect };
}

function labelOf(member: SetMember, value: string, keys: readonly ParsedKey[]): string {
  if (member === "keys") {
    const kid = keys.find(({ jkt }) => jkt === value)?.kid;
    return `key ${kid ? `${visibleText(kid, 40)} (${value.slice(0, 8)}…)` : `${value.slice(0, 12)}…`}`;
  }
  const text = visibleText(member === "redirect_uris" ? value.replace(/^https:\/\//, "") : value, 72);
  return `${kinds[member]}${text}`;
}

/** What a value is, where it does not show: "none" alone would say nothing. */
const kinds: Readonly<Record<SetMember, string>> = {
  redirect_uris: "",
  grant_types: "grant type ",
  response_types: "response type ",
  scope: "scope ",
  token_endpoint_auth_methods_supported: "method ",
  keys: "",
};

function rank(severity: DriftSeverity): number {
  return driftSeverities.indexOf(severity);
}
