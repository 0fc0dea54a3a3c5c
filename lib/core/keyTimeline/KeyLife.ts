import type { Instant } from "#lib/core/Instant.ts";

/** The life of one key at one client, by RFC 7638 thumbprint. */
export interface KeyLife {
  readonly jkt: string;
  readonly kid: string | null;
  /** For people: "EC P-256", "RSA 2048". */
  readonly kind: string;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  /** Null while it is published. */
  readonly removedAt: Instant | null;
  /** When its private half was seen in public. */
  readonly leakedAt: Instant | null;
  /** How long a successor had been visible when it was removed, and how long it should have been; milliseconds. */
  readonly overlap: number | null;
  readonly wantedOverlap: number | null;
  /** When it came back after it had been removed. */
  readonly returnedAt?: Instant | null;
}

/** The word of an owner about the key that comes next. */
export interface AnnouncedKey {
  readonly jkt: string;
  readonly expectedBy: Instant;
  readonly at: Instant;
  readonly matchedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}
