import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { deadlinesOf } from "./serviceLevels.ts";

/** What a finding is when its time begins, or begins anew: open, with nothing decided about it. */
export function asOpened(severity: DriftSeverity, now: Instant) {
  return {
    state: "open",
    ...deadlinesOf(severity, now),
    overdueNotedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    snoozedSnapshotId: null,
    dismissReason: null,
    control: null,
    waivedUntil: null,
    decisionNote: null,
    decidedBy: null,
    decidedAt: null,
    confirmedBy: null,
    proposal: null,
    resolvedAt: null,
    updatedAt: now,
  } as const;
}

/** States in which somebody or some date has put a finding aside while its cause stands. */
export const putAside: ReadonlySet<string> = new Set(["snoozed", "dismissed", "waived"]);

/** States in which a finding waits for people. */
export const waits: ReadonlySet<string> = new Set(["open", "acknowledged"]);
