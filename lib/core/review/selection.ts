import { membersOf } from "#lib/core/document/membersOf.ts";
import { type Exclusion, type SetMember, setMembers } from "./Exclusion.ts";
import type { Part } from "./Part.ts";
import type { ReviewedFacts } from "./partsOf.ts";

/** A part by its name, as callers say what they leave out. */
export interface LeftOut {
  readonly member: string;
  readonly value?: string;
}

/** How leaving out a part is remembered. What stays instead is read from the approved facts, never from a caller. */
export function toExclusion(
  { member, value }: LeftOut,
  approved: Pick<ReviewedFacts, "metadata">,
): Exclusion {
  if (value !== undefined && isSet(member)) return { member, value };
  const before = membersOf(approved.metadata)[member];
  return before === undefined ? { member } : { member, before };
}

/** Whether two people leave out the same, in whatever order. */
export function sameSelection(a: readonly LeftOut[], b: readonly LeftOut[]): boolean {
  const names = new Set(a.map(nameOf));
  return names.size === new Set(b.map(nameOf)).size && b.every((each) => names.has(nameOf(each)));
}

export interface Selection {
  readonly exclusions: readonly Exclusion[];
  /** The parts that are left out, and growth that is accepted. */
  readonly leftOut: readonly Part[];
  readonly accepted: readonly Part[];
  /** What the caller named that is no growth of this change. */
  readonly unknown: readonly LeftOut[];
}

/** Reads what a person leaves out of a change; parts that belong together go together. */
export function selectParts(
  parts: readonly Part[],
  approved: Pick<ReviewedFacts, "metadata">,
  without: readonly LeftOut[],
): Selection {
  const growth = growthOf(parts);
  const names = new Set(without.map(nameOf));
  const known = new Set(growth.map(nameOf));
  const ids = new Set(growth.filter((part) => names.has(nameOf(part))).map(({ id }) => id));
  const isOut = ({ id, follows }: Part) => ids.has(id) || (follows !== undefined && ids.has(follows));
  const leftOut = growth.filter(isOut);
  return {
    exclusions: leftOut.map((part) => toExclusion(part, approved)),
    leftOut,
    accepted: growth.filter((part) => !isOut(part)),
    unknown: without.filter((each) => !known.has(nameOf(each))),
  };
}

/**
 * Whether an approval would accept nothing of what is new: that is a denial. What was left out before may stay so, for the
 * request is then about something else.
 */
export function acceptsNothing(
  { leftOut, accepted }: Pick<Selection, "leftOut" | "accepted">,
  except: readonly LeftOut[],
): boolean {
  const known = new Set(except.map(nameOf));
  return accepted.length === 0 && leftOut.some((part) => !known.has(nameOf(part)));
}

/** The parts that wait for a person. */
export function growthOf(parts: readonly Part[]): readonly Part[] {
  return parts.filter(({ effect }) => effect === "growth");
}

function nameOf({ member, value }: LeftOut): string {
  return `${member}\n${value ?? ""}`;
}

function isSet(member: string): member is SetMember {
  return (setMembers as readonly string[]).includes(member);
}
