import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import type { OwningDomain } from "#lib/core/domain/owningDomain.ts";
import type { DriftFacts } from "./DriftFacts.ts";
import type { KeyDrift } from "./keyDrift.ts";
import type { PlacedKey } from "./placedKeys.ts";
import type { RedirectDrift } from "./redirectDrift.ts";

/** One of the two documents with its keys. */
export interface DriftSide {
  readonly document: ParsedDocument;
  readonly members: Readonly<Record<string, unknown>>;
  /** Free of private key material. */
  readonly metadata: EffectiveMetadata;
  /** Every key, of the fetched set and of the inline one; absent when not known. */
  readonly keys?: readonly PlacedKey[];
  /** Why a key set that was given cannot be read. */
  readonly keySetFault?: string;
  /** Where private keys are published: JSON Pointers, `jwks#` in front for a fetched set. */
  readonly leaks: readonly Leak[];
}

export interface Leak {
  readonly path: string;
  readonly message: string;
}

/** What a drift rule looks at: both sides, and what several rules want to know about them, worked out once. */
export interface DriftSubject {
  readonly clientId: string;
  /** Who answers for the client_id's host; absent without a usable host. */
  readonly owner?: OwningDomain;
  readonly before: DriftSide;
  readonly after: DriftSide;
  readonly redirects: RedirectDrift;
  /** Absent when the keys of either side are not known. */
  readonly keys?: KeyDrift;
  readonly facts: DriftFacts;
}
