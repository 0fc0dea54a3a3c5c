import type { Change } from "#lib/core/drift/Drift.ts";

/** Whether a difference may become the approved state without anybody: nothing in it grows, and nothing is above low. */
export function isHarmless(changes: readonly Change[]): boolean {
  return changes.every(
    ({ severity, effect }) => effect !== "growth" && (severity === "low" || severity === "info"),
  );
}
