import type { ParseFault } from "./ParsedDocument.ts";

/** One key of a set. `jkt` is the RFC 7638 SHA-256 thumbprint (base64url), absent when the key cannot have one. */
export interface ParsedKey {
  readonly index: number;
  /** The JWK with private members removed: this is all that is ever stored or shown. */
  readonly publicJwk: Readonly<Record<string, unknown>>;
  /** Names of private members that were present with a value (`d p q dp dq qi oth k priv`). */
  readonly privateMembers: readonly string[];
  readonly jkt?: string;
  readonly kid?: string;
  readonly kty?: string;
  readonly alg?: string;
  readonly crv?: string;
  readonly use?: string;
}

/** A JWK Set (RFC 7517 §5) read once: never throws, faults are data. */
export interface ParsedKeySet {
  readonly faults: readonly ParseFault[];
  /** Absent when there is no `keys` array. */
  readonly keys?: readonly ParsedKey[];
  /** Where it came from: "inline" or the jwks_uri. */
  readonly source: string;
  /** Lower-case hex SHA-256 of the RFC 8785 form of the public part. */
  readonly digest?: string;
}
