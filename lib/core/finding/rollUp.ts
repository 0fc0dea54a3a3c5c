import { day, type Instant } from "#lib/core/Instant.ts";
import { waits } from "./asOpened.ts";
import type { FindingState } from "./Finding.ts";

/** So many clients of one host with the same cause are one matter. */
export const rollUpFrom = 3;
/** Only what began within this time of one another counts as one cause. */
export const rollUpWithin = day;

export interface RollUpCandidate {
  readonly state: FindingState;
  readonly clientRowId: string | null;
  readonly firstSeenAt: Instant;
  readonly regressedAt: Instant | null;
}

/**
 * The findings that one about the host takes over, together with the one that just opened at
 * `clientRowId`; none while they are too few. `unled` have its roll-up key and no finding about the host yet.
 */
export function toRollUp<F extends RollUpCandidate>(
  unled: readonly F[],
  clientRowId: string,
  now: Instant,
): readonly F[] {
  const fresh = unled.filter(
    (finding) =>
      finding.clientRowId !== null &&
      waits.has(finding.state) &&
      (finding.regressedAt ?? finding.firstSeenAt) > now - rollUpWithin,
  );
  const clients = new Set([...fresh.map((finding) => finding.clientRowId), clientRowId]);
  return clients.size >= rollUpFrom ? fresh : [];
}

/** What the finding about the host says, from what one of its members says. */
export function rolledUpMessage(host: string, members: number, message: string): string {
  return members === 1 ? message : `The same at ${members} clients of ${host}. ${message}`;
}
