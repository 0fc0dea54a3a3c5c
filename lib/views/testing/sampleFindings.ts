import type { Change } from "#lib/core/drift/Drift.ts";
import { day, hour, type Instant } from "#lib/core/Instant.ts";
import type { Write } from "#lib/db/Database.ts";
import { insert, type NewRow } from "#lib/db/rows.ts";
import { sampleNow } from "./sampleClients.ts";

/** An open finding of high severity, two days old, with a day left to acknowledge it; `part` overrides its row. */
export async function sampleFinding(
  tx: Write,
  number: number,
  part: Partial<NewRow<"finding">> = {},
): Promise<string> {
  const id = part.id ?? `f${number}`;
  await insert(tx, "finding", {
    fingerprint: `fingerprint-${number}`,
    generation: 1,
    rollupKey: `rollup-${number}`,
    members: 1,
    rule: "drift.redirect-added-new-site",
    severity: "high",
    effect: "growth",
    state: "open",
    host: "tidewater.dev",
    message: 'Codes may now be sent to another site: "https://quartzrelay.com/cb".',
    path: "/redirect_uris",
    after: ["https://quartzrelay.com/cb"],
    firstSeenAt: sampleNow - 2 * day,
    lastSeenAt: sampleNow - hour,
    clearedTimes: 0,
    regressions: 0,
    acknowledgeBy: sampleNow + day,
    decideBy: sampleNow + 5 * day,
    updatedAt: sampleNow - 2 * day,
    revision: 1,
    ...part,
    id,
    number,
  });
  return id;
}

/** What changed from one snapshot of a client to the next; the most serious of `changes` first. */
export async function sampleChange(
  tx: Write,
  id: string,
  clientRowId: string,
  at: Instant,
  changes: readonly Change[],
): Promise<void> {
  await insert(tx, "change", {
    id,
    clientRowId,
    beforeId: `${clientRowId}-s1`,
    afterId: `${clientRowId}-s2`,
    severity: changes[0]?.severity ?? "info",
    changes,
    at,
  });
}

export function sampleDrift(severity: Change["severity"], message: string): Change {
  return { rule: "drift.logo-changed", severity, effect: "neutral", message, path: "/logo_uri" };
}
