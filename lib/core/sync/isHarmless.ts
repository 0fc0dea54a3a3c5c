import type { Change } from "#lib/core/drift/Drift.ts";

// Grants name scopes, too: one leaves them only beside an approved document that still names it.
const actsBesideApproved: ReadonlySet<string> = new Set(["drift.scope-narrowed"]);

// The same computer by its address instead of a name that can be made to lead elsewhere (RFC 8252 §8.3).
const safer: ReadonlySet<string> = new Set(["drift.redirect-loopback-name"]);

/**
 * Whether a difference may become the approved state without anybody: nothing in it grows but what becomes safer by
 * it, and nothing is above low.
 */
export function isHarmless(changes: readonly Change[]): boolean {
  return changes.every(
    ({ rule, severity, effect }) =>
      (effect !== "growth" || safer.has(rule)) &&
      (severity === "low" || severity === "info") &&
      !actsBesideApproved.has(rule),
  );
}
