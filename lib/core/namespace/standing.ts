import type { Instant } from "#lib/core/Instant.ts";
import type { NamespaceConstraints, NamespaceState } from "./Namespace.ts";

export const namespaceStandings = [
  "pending",
  "approved",
  "full",
  "expired",
  "suspended",
  "denied",
  "withdrawn",
  "retired",
] as const;
export type NamespaceStanding = (typeof namespaceStandings)[number];

interface Subject {
  readonly state: NamespaceState;
  readonly proposed: NamespaceConstraints | null;
  readonly validUntil: Instant | null;
  readonly fullAt: Instant | null;
}

/** How a namespace stands now: time and the number of its children may have closed what is approved. */
export function standingOf({ state, validUntil, fullAt }: Subject, now: Instant): NamespaceStanding {
  if (state !== "approved") return state;
  if (validUntil !== null && validUntil <= now) return "expired";
  return fullAt === null ? "approved" : "full";
}

/** Whether something about it waits for votes. */
export function isOpen({ state, proposed }: Pick<Subject, "state" | "proposed">): boolean {
  return state === "pending" || proposed !== null;
}
