import type { CheckResponse } from "#lib/core/check/CheckSubject.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Profile } from "#lib/core/profile.ts";

/** What is known beside the two documents and key sets. Absent facts are not known; rules then judge without them. */
export interface DriftFacts {
  readonly profile?: Profile;
  /** The moment of the comparison. */
  readonly now?: Instant;
  /** When each key was seen, the ones that are gone included. */
  readonly timeline?: readonly KeySighting[];
  /** W: how long a new key must be visible before the old one goes, in milliseconds; seven days when absent. */
  readonly overlap?: number;
  /** Thumbprints an owner has announced. */
  readonly announced?: readonly string[];
  /** Thumbprints that were removed from this client before. */
  readonly earlierThumbprints?: readonly string[];
  /** Keys of every other client. */
  readonly keysElsewhere?: readonly { readonly jkt: string; readonly clientId: string }[];
  /** Every scope that was approved for this client. */
  readonly approvedScopes?: readonly string[];
  /** Domains the owner may use besides the client_id's own. */
  readonly approvedDomains?: readonly string[];
  /** Names of other approved clients. */
  readonly approvedNames?: readonly string[];
  readonly responses?: { readonly before: CheckResponse; readonly after: CheckResponse };
  /** SHA-256 of the picture at `logo_uri`. */
  readonly logoDigests?: { readonly before: string; readonly after: string };
}

export interface KeySighting {
  readonly jkt: string;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
}
