import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { sameValue } from "#lib/core/drift/sameValue.ts";
import { day, hour, type Instant } from "#lib/core/Instant.ts";
import { putAside } from "./asOpened.ts";
import type { Cause, FindingState } from "./Finding.ts";
import { isGraver } from "./severityRank.ts";

/** What is known of a finding; a row of the database has it all. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly generation: number;
  readonly state: FindingState;
  readonly severity: DriftSeverity;
  readonly effect: string;
  readonly message: string;
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly snapshotId: string | null;
  readonly snoozedUntil: Instant | null;
  readonly snoozedSnapshotId: string | null;
  readonly clearedTimes: number;
  readonly lastSeenAt: Instant;
  readonly resolvedAt: Instant | null;
}

/** One thing to do so that the findings say what the look showed. */
export type FindingStep<F extends KnownFinding> =
  | {
      readonly kind: "open";
      readonly cause: Cause;
      readonly fingerprint: string;
      readonly generation: number;
    }
  /** It was resolved not long ago and is back. */
  | { readonly kind: "regress"; readonly cause: Cause; readonly finding: F }
  /** It had been put aside, and what stood against looking at it again is gone. */
  | { readonly kind: "reopen"; readonly cause: Cause; readonly finding: F; readonly why: string }
  | { readonly kind: "keep"; readonly cause: Cause; readonly finding: F; readonly severityMoved: boolean }
  | { readonly kind: "clear"; readonly finding: F }
  | { readonly kind: "resolve"; readonly finding: F };

/** How long a resolved finding is remembered as the same one. */
export const regressionWindow = 30 * day;
/** Looks in a row that must no longer show a cause. */
export const clearLooks = 2;
/** A standing finding that says nothing new is touched this often. */
const touchEvery = hour;

/**
 * What follows from one look for the findings of one client. `known` are its findings of that look that are not
 * resolved, and the resolved ones that have the fingerprint of a cause. Of two causes with one fingerprint the graver counts.
 */
export function reconcile<F extends KnownFinding>(look: {
  readonly now: Instant;
  /** The live snapshot that was looked at. */
  readonly snapshotId: string | null;
  readonly known: readonly F[];
  readonly causes: readonly { readonly cause: Cause; readonly fingerprint: string }[];
}): FindingStep<F>[] {
  const newest = new Map<string, F>();
  for (const finding of look.known) {
    const other = newest.get(finding.fingerprint);
    if (!other || finding.generation > other.generation) newest.set(finding.fingerprint, finding);
  }
  const causes = new Map<string, Cause>();
  for (const { cause, fingerprint } of look.causes) {
    const other = causes.get(fingerprint);
    if (!other || isGraver(cause.severity, other.severity)) causes.set(fingerprint, cause);
  }
  const steps: FindingStep<F>[] = [];
  for (const [fingerprint, cause] of causes) {
    const step = stand(cause, fingerprint, newest.get(fingerprint), look);
    if (step) steps.push(step);
  }
  for (const finding of newest.values()) {
    if (finding.state === "resolved" || causes.has(finding.fingerprint)) continue;
    const last = finding.clearedTimes + 1 >= clearLooks;
    steps.push({ kind: last ? "resolve" : "clear", finding });
  }
  return steps;
}

function stand<F extends KnownFinding>(
  cause: Cause,
  fingerprint: string,
  finding: F | undefined,
  { now, snapshotId }: { now: Instant; snapshotId: string | null },
): FindingStep<F> | undefined {
  if (!finding) return { kind: "open", cause, fingerprint, generation: 1 };
  if (finding.state === "resolved")
    return now - (finding.resolvedAt ?? 0) <= regressionWindow
      ? { kind: "regress", cause, finding }
      : { kind: "open", cause, fingerprint, generation: finding.generation + 1 };
  const aside = putAside.has(finding.state);
  if (aside && isGraver(cause.severity, finding.severity))
    return { kind: "reopen", cause, finding, why: `It grew from ${finding.severity} to ${cause.severity}.` };
  if (aside && isAnother(finding, cause))
    return { kind: "reopen", cause, finding, why: "Something else grew in its place." };
  const untilChange = finding.state === "snoozed" && finding.snoozedUntil === null;
  if (untilChange && finding.snoozedSnapshotId !== snapshotId)
    return { kind: "reopen", cause, finding, why: "The document changed." };
  // What was put aside keeps the severity it had when people decided: only growing past that concerns them again.
  const severityMoved = !aside && cause.severity !== finding.severity;
  if (severityMoved || says(finding, cause, snapshotId) || now - finding.lastSeenAt >= touchEvery)
    return { kind: "keep", cause, finding, severityMoved };
  return undefined;
}

/** Whether something else has grown where people decided about, or propose to decide about, what the finding says. */
export function isAnother(finding: Pick<KnownFinding, "after">, cause: Cause): boolean {
  return cause.effect === "growth" && !sameValue(finding.after, cause.after);
}

function says(finding: KnownFinding, cause: Cause, snapshotId: string | null): boolean {
  return (
    finding.clearedTimes > 0 ||
    finding.snapshotId !== snapshotId ||
    finding.message !== cause.message ||
    finding.path !== cause.path ||
    finding.effect !== cause.effect ||
    !same(finding.before, cause.before) ||
    !same(finding.after, cause.after)
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
