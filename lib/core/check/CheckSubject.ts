import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import type { ParsedKeySet } from "#lib/core/document/ParsedKeySet.ts";
import type { FetchOutcome, TlsFacts } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Profile } from "#lib/core/profile.ts";

/** What a check may look at. Absent parts are not known; a check that needs them then says nothing. */
export interface CheckSubject {
  /** The client_id exactly as it was received. */
  readonly clientId: string;
  readonly profile: Profile;
  /** The parsed response body; absent when there was nothing to parse. */
  readonly document?: ParsedDocument;
  /** The key set `jwks_uri` answered, or the inline `jwks`, which `runChecks` finds by itself. */
  readonly keySet?: ParsedKeySet;
  /** How the document was answered; absent when it came from a file or by hand. */
  readonly response?: CheckResponse;
  /** How `jwks_uri` was answered; absent without one, or when it was not fetched. */
  readonly keySetResponse?: CheckResponse;
  /** How the last fetch of the document ended. */
  readonly fetchOutcome?: FetchOutcome;
  /** Whether an earlier good copy is kept: a failed fetch is then no error. */
  readonly lastGoodCopy?: boolean;
  /** What TLS showed on the document's connection. */
  readonly tls?: TlsFacts;
  /** Longest body that is read, in bytes; 5 KB (draft -02 §8.7) when absent. */
  readonly bodyLimit?: number;
  /** DNS answers (A and AAAA) by lower-case host name: the client_id's host and hosts named in the document. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  /** Addresses that are not public and that the operator opened: they pass. */
  readonly openedAddresses?: readonly string[];
  readonly domainFacts?: DomainFacts;
  /** What other user agents or networks were served for the same URL. */
  readonly otherVantages?: readonly Vantage[];
  /** What a made-up sibling of the client_id's path answered. */
  readonly siblingProbe?: SiblingProbe;
  /** Issuer identifiers of the authorization servers we know. */
  readonly knownIssuers?: readonly string[];
  /** Every other client_id in the inventory, or at least those of the same host. */
  readonly otherClientIds?: readonly string[];
  /** Which other client of the inventory uses a key, by thumbprint (RFC 7638), and whether one team answers for both. */
  readonly otherKeyOwners?: ReadonlyMap<string, KeyOwner>;
  /** Since when each key has been seen. */
  readonly keyAges?: KeyAges;
  /** The moment the validity of certificates is judged at. */
  readonly now?: Instant;
}

export interface KeyOwner {
  readonly clientId: string;
  readonly sameOwner: boolean;
}

export interface KeyAges {
  /** The moment ages are counted to. */
  readonly now: Instant;
  /** When a key was first seen, by thumbprint. */
  readonly firstSeen: ReadonlyMap<string, Instant>;
  /** Age at which a key without a successor is noted, in ms; 365 days when absent. */
  readonly maximumAge?: number;
}

/** The parts of an HTTP answer that checks read. Header names are lower-case. */
export interface CheckResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
}

/** What registration data and DNS say about the client_id's domain. */
export interface DomainFacts {
  /** The moment the facts are judged at. */
  readonly now: Instant;
  readonly registeredAt?: Instant;
  readonly expiresAt?: Instant;
  readonly registrantKnown?: boolean;
  /** Target of a CNAME that nobody holds any more. */
  readonly danglingCname?: string;
}

export interface Vantage {
  /** e.g. "as a browser", "from Frankfurt". */
  readonly name: string;
  /** Raw digest of the body served there. */
  readonly rawDigest: string;
}

export interface SiblingProbe {
  readonly url: string;
  /** The `client_id` of the document it served; absent when it served none. */
  readonly clientId?: string;
}
