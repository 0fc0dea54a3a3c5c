import type { Lifecycle } from "#lib/core/client.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { AnnouncedKey, KeyLife } from "#lib/core/keyTimeline/KeyLife.ts";

/** What the rules about time look at: one client, its keys, and the copies and approvals that end. */
export interface TimeSubject {
  readonly now: Instant;
  readonly lifecycle: Lifecycle;
  /** Every key the client ever had. */
  readonly keys: readonly KeyLife[];
  /** Thumbprints of the approved copy. */
  readonly approvedKeys: readonly string[];
  /** Thumbprints whose private half is in the document that is live now. */
  readonly leakingKeys: readonly string[];
  readonly announcements: readonly AnnouncedKey[];
  /** Published keys that are also published by other clients. */
  readonly sharedKeys: readonly SharedKey[];
  /** When the attested copy that stands in for the document is to be compared again; null without one. */
  readonly renewBy: Instant | null;
  /** When the approval ends; null when it has no end. */
  readonly validUntil: Instant | null;
  /** W: how long a new key must be visible before the old one goes, in milliseconds. */
  readonly overlap: number;
}

export interface SharedKey {
  readonly jkt: string;
  /** One of the other clients, and how many more there are. */
  readonly clientId: string;
  readonly more: number;
  /** One team answers for all of them. */
  readonly sameOwner: boolean;
}
