import { minute, type Instant } from "./Instant.ts";

/** How long a server may go on believing a key that left the JWKS: 5 minutes in our consumer, 10 in stock libraries. */
export const jwksBelieved = 10 * minute;
/** How often a server that follows the root reads key sets. */
export const keySetsReadEvery = 5 * minute;

/** A signing key that is revoked, or would be now. */
export interface ExposedKey {
  readonly kid: string;
  readonly revokedAt: Instant;
  /** `exp` of the last head it signed here. */
  readonly lastExp?: Instant;
  /** When a key set that revokes it was published; null: none yet. Absent: there are no key sets. */
  readonly rootRevokedAt?: Instant | null;
}

/** What a server said of itself last. */
export interface ServerWord {
  readonly reportedAt: Instant;
  /** The head it runs, when we signed it; null: none. */
  readonly runs: { readonly kid: string; readonly issuedAt: Instant; readonly expiresAt: Instant } | null;
  /** It runs a head that we never signed. */
  readonly isForeign: boolean;
}

/**
 * `over`: it takes nothing by the key any more. `passing`: its caches run out by themselves. `open`: something must be
 * done, or waited for. `silent`: it has not said anything since. `forged`: it runs what somebody else signed.
 */
export type ExposureState = "over" | "passing" | "open" | "silent" | "forged";

/** What the times are, in a sentence for people: as late as it can be, and the one case in which that is not late enough. */
export const exposureNote =
  "Each time is the latest one: the longest caches and the last list signed here are counted, and most servers stop earlier. Only a forged list at a server whose way to the key sets is cut counts longer, for seven days at most.";

export interface Exposure {
  readonly state: ExposureState;
  /** Until when it may accept what the key signs; null: until something is done. */
  readonly until: Instant | null;
  readonly sentence: string;
}

/** Until when one server may accept what a revoked key signs, and why. */
export function keyExposure(key: ExposedKey, word: ServerWord | null, now: Instant): Exposure {
  const believed = believedUntil(key);
  if (word?.isForeign)
    return {
      state: "forged",
      until: null,
      sentence:
        "It runs a list that was not signed here. Take it for misled: it recovers by itself with the JWKS without the key, or with the next key set where it follows the root. If it does not, look at its path to us and at the keys it pins.",
    };
  if (!word || word.reportedAt < key.revokedAt) return judgeSilent(key, believed, now);
  if (believed === null)
    return {
      state: "open",
      until: null,
      sentence: "If it follows the root, it accepts the key until a key set that revokes it is published.",
    };
  const { runs } = word;
  if (runs && (runs.kid === key.kid || runs.issuedAt < key.revokedAt))
    return {
      state: now < believed ? "passing" : "open",
      until: Math.max(believed, runs.expiresAt),
      sentence:
        now < believed
          ? "It runs a list from before the revocation; it should take the new one within minutes."
          : "It still runs a list from before the revocation: its path to us may be cut, or it pins the revoked key. Look at the server.",
    };
  if (now < believed)
    return {
      state: "passing",
      until: believed,
      sentence: "It runs a list by another key. Its copy of the key set may hold the revoked one until then.",
    };
  return {
    state: "over",
    until: believed,
    sentence: "It runs a list by another key and has dropped this one.",
  };
}

/** When the last copy of a key set that holds the key has run out; null while a root still vouches for it. */
function believedUntil({ revokedAt, rootRevokedAt }: ExposedKey): Instant | null {
  const jwks = revokedAt + jwksBelieved;
  if (rootRevokedAt === undefined) return jwks;
  return rootRevokedAt === null ? null : Math.max(jwks, rootRevokedAt + keySetsReadEvery);
}

function judgeSilent({ lastExp }: ExposedKey, believed: Instant | null, now: Instant): Exposure {
  const until = believed === null ? null : Math.max(believed, lastExp ?? 0);
  if (until !== null && now >= until)
    return {
      state: "over",
      until,
      sentence: "It has not reported since, but every list that the key signed here has run out.",
    };
  return {
    state: "silent",
    until,
    sentence:
      until === null
        ? "It has not reported since. If it follows the root, it accepts the key until a key set that revokes it is published."
        : "It has not reported since: it may run the last list that the key signed until that runs out.",
  };
}
