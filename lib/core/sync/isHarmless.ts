import type { Change } from "#lib/core/drift/Drift.ts";

// Grants name scopes, too: one leaves them only beside an approved document that still names it.
const actsBesideApproved: ReadonlySet<string> = new Set(["drift.scope-narrowed"]);

/** Whether a difference may become the approved state without anybody: nothing in it grows, and nothing is above low. */
export function isHarmless(changes: readonly Change[]): boolean {
  return changes.every(
    ({ rule, severity, effect }) =>
      effect !== "growth" && (severity === "low" || severity === "info") && !actsBesideApproved.has(rule),
  );
}
