import type { Instant } from "../Instant.ts";
import { confirmAt } from "./confirmAt.ts";

/** What a fetch showed that differs from what is live. */
export interface Difference {
  readonly digest: string;
  /** A private or symmetric key was published: it is lost, whatever the next answer says. */
  readonly privateKeyMaterial: boolean;
  /** The document names another client_id: no copy of it may be used. */
  readonly clientIdMismatch: boolean;
}

/** A difference that was seen and does not count yet. */
export interface Unconfirmed {
  readonly digest: string;
  readonly lookAgainAt: Instant;
  /** How many different documents in a row this is. */
  readonly turns: number;
}

/** A document that is another one each time it is read counts at this turn, or changing would be a way to hide. */
export const turnsToCount = 3;

/**
 * Whether a difference counts now, or is looked at once more. It counts when the same digest is seen again at
 * `lookAgainAt` or later; private key material and a client_id mismatch count at once.
 *
 * Needs stored with the client: the `Unconfirmed` (its `lookAgainAt` is the next fetch, which must be unconditional).
 * An answer equal to what is live clears it; a failed fetch leaves it, with the next try in the usual way.
 */
export function judgeDifference(
  clientId: string,
  difference: Difference,
  before: Unconfirmed | undefined,
  now: Instant,
): "counts" | Unconfirmed {
  if (difference.privateKeyMaterial || difference.clientIdMismatch) return "counts";
  const { digest } = difference;
  if (before?.digest === digest) return now >= before.lookAgainAt ? "counts" : before;
  const turns = (before?.turns ?? 0) + 1;
  if (turns >= turnsToCount) return "counts";
  return { digest, lookAgainAt: confirmAt(clientId, digest, now), turns };
}
