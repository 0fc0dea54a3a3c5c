import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { day, hour, minute, type Instant } from "#lib/core/Instant.ts";
import { isGraver } from "./severityRank.ts";

/** How long a finding may wait, in milliseconds: for somebody to say that they saw it, and for a decision. */
export interface ServiceLevel {
  readonly acknowledgeWithin: number;
  readonly decideWithin: number;
}

export const serviceLevels: Readonly<Record<DriftSeverity, ServiceLevel | null>> = {
  critical: { acknowledgeWithin: 30 * minute, decideWithin: 4 * hour },
  high: { acknowledgeWithin: 4 * hour, decideWithin: 24 * hour },
  medium: { acknowledgeWithin: day, decideWithin: 7 * day },
  low: { acknowledgeWithin: 7 * day, decideWithin: 30 * day },
  info: null,
};

export interface Deadlines {
  readonly acknowledgeBy: Instant | null;
  readonly decideBy: Instant | null;
}

/** The deadlines of a finding whose time runs from `from` on. */
export function deadlinesOf(severity: DriftSeverity, from: Instant): Deadlines {
  const level = serviceLevels[severity];
  return {
    acknowledgeBy: level && from + level.acknowledgeWithin,
    decideBy: level && from + level.decideWithin,
  };
}

/** Deadlines after the severity moved: a graver one runs from now on, but never later than before; a lesser one from the start. */
export function movedDeadlines(
  finding: Deadlines & {
    readonly severity: DriftSeverity;
    readonly firstSeenAt: Instant;
    readonly regressedAt: Instant | null;
  },
  severity: DriftSeverity,
  now: Instant,
): Deadlines {
  if (!isGraver(severity, finding.severity))
    return deadlinesOf(severity, finding.regressedAt ?? finding.firstSeenAt);
  const { acknowledgeBy, decideBy } = deadlinesOf(severity, now);
  return {
    acknowledgeBy: earlier(acknowledgeBy, finding.acknowledgeBy),
    decideBy: earlier(decideBy, finding.decideBy),
  };
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

/** The deadline it has missed, the later one first; null when it is in time or nobody has to act on it now. */
export function missedDeadline(
  finding: Deadlines & { readonly state: string },
  now: Instant,
): Instant | null {
  const { state, acknowledgeBy, decideBy } = finding;
  if (state !== "open" && state !== "acknowledged") return null;
  if (decideBy !== null && decideBy <= now) return decideBy;
  return state === "open" && acknowledgeBy !== null && acknowledgeBy <= now ? acknowledgeBy : null;
}
