import type { Change } from "#lib/core/drift/Drift.ts";
import { textsIn } from "#lib/core/drift/memberOf.ts";

/** Whether growth is nothing but keys whose thumbprints the owner announced, beside those that were there. */
export function isAnnounced(growth: readonly Change[], announced: readonly string[]): boolean {
  return (
    growth.length > 0 &&
    growth.every(
      ({ rule, after }) =>
        rule === "drift.key-added" &&
        textsIn(after).length > 0 &&
        textsIn(after).every((jkt) => announced.includes(jkt)),
    )
  );
}
