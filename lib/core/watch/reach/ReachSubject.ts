import type { OutageKind } from "#lib/core/sync/RecentDigest.ts";
import type { FetchKind, FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";

/** How a look ended: as the fetch did, or `unreadable` when what came with 200 is no document that can be used. */
export type ReachOutcome = FetchOutcome | "unreadable";

/** What is known of reaching a client's document when a look is over. */
export interface ReachSubject {
  readonly now: Instant;
  readonly clientId: string;
  /** Which of the two was asked for when the look ended so. */
  readonly kind: FetchKind;
  readonly outcome: ReachOutcome;
  /** What happened, in plain words, safe to print. */
  readonly sentence: string;
  /** Looks in a row that failed, this one included; 0 after a success. */
  readonly failures: number;
  /** When the first of them was. */
  readonly failingSince: Instant;
  /** Whether the look before failed in the same way. */
  readonly repeated: boolean;
  /** The outage it is part of, once it counts as one. */
  readonly outage?: { readonly kind: OutageKind; readonly since: Instant };
  /** Whether a document was read here before. */
  readonly answeredBefore: boolean;
  /** Whether people vouch for the copy that is live. */
  readonly attested: boolean;
  /** How often within a day a document came back that another one had replaced. */
  readonly alternations: number;
  /** The last good connection and this one. */
  readonly connections?: { readonly before: Connection; readonly after: Connection };
}

export interface Connection {
  readonly address?: string;
  /** Of the certificate. */
  readonly issuer?: string;
}
