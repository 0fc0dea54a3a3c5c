import { driftSeverities, type DriftSeverity } from "#lib/core/drift/Drift.ts";

/** 0 for the gravest. */
export function severityRank(severity: DriftSeverity): number {
  return driftSeverities.indexOf(severity);
}

/** Whether the first is graver than the second. */
export function isGraver(one: DriftSeverity, other: DriftSeverity): boolean {
  return severityRank(one) < severityRank(other);
}

export function gravest(one: DriftSeverity, other: DriftSeverity): DriftSeverity {
  return isGraver(one, other) ? one : other;
}
