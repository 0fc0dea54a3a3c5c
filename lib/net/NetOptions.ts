import type { Answers } from "#lib/core/address/judgeAnswers.ts";
import type { FetchKind, Fetched, Validators } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";

/** Looks a name up. An empty list means the name has no such record; a rejection means DNS failed. */
export interface Resolver {
  resolve(host: string): Promise<Answers>;
  /** Ends what is under way. */
  cancel?(): void;
}

/** Bytes, counts and milliseconds. */
export interface Limits {
  readonly documentBytes: number;
  readonly jwksBytes: number;
  readonly metadataBytes: number;
  /** Bytes read from the wire for one answer, TLS, headers and chunk framing included; at least twice the body's cap. */
  readonly wireBytes: number;
  readonly headerBytes: number;
  readonly headerCount: number;
  /** Interim (1xx) responses before the answer. */
  readonly interimResponses: number;
  /** From the first DNS query to the last byte of the body. */
  readonly deadline: number;
  /** For one address of a name, before the next is tried. */
  readonly connectTimeout: number;
  /** How long an idle connection is kept. */
  readonly keepAlive: number;
  /** DNS queries in flight. */
  readonly lookups: number;
  /** DNS queries in flight for names that are only looked up. */
  readonly nameLookups: number;
  /** For a name that is only looked up, its turn included. */
  readonly nameDeadline: number;
}

export const defaultLimits: Limits = {
  documentBytes: 5 * 1024,
  jwksBytes: 64 * 1024,
  metadataBytes: 64 * 1024,
  wireBytes: 64 * 1024,
  headerBytes: 16 * 1024,
  headerCount: 100,
  interimResponses: 4,
  deadline: 10_000,
  connectTimeout: 3_000,
  keepAlive: 10_000,
  lookups: 100,
  nameLookups: 20,
  nameDeadline: 3_000,
};

export interface NetOptions {
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** Wall time, for dates in Retry-After. */
  readonly now: () => Instant;
  readonly userAgent: string;
  /** Default: DNS servers of the machine, without its hosts file and search list. */
  readonly resolver?: Resolver;
  /** DNS servers to ask instead of the machine's, as `address` or `address:port`. */
  readonly dnsServers?: readonly string[];
  /** Port connected to for URLs of port 443, where a gateway forwards from it. Default: 443. */
  readonly egressPort?: number;
  /** PEM, trusted besides the roots that Node trusts. */
  readonly certificateAuthorities?: readonly string[];
  /** Blocks of addresses opened although they are not public. Default: none. */
  readonly allowedCidrs?: readonly string[];
  /** Ports opened besides 443. Default: none. */
  readonly allowedPorts?: readonly number[];
  /** Addresses refused although public. Default: those of this machine's own interfaces. */
  readonly ownAddresses?: readonly string[];
  readonly limits?: Partial<Limits>;
}

export interface FetchRequest {
  readonly url: string;
  readonly kind: FetchKind;
  /** Makes the request conditional. */
  readonly validators?: Validators;
}

/** What DNS says about a name. */
export interface Resolution {
  /** IPv4 first; empty when the name has no address. */
  readonly addresses: readonly string[];
  /** Those of them that are not public and were opened by the operator. */
  readonly opened: readonly string[];
}

export interface Net {
  /**
   * Fetches one URL under guard. Every way a fetch can end is a `Fetched`; it rejects for a bug of ours only.
   * Requests to one origin run one after the other; the deadline starts when a request's turn comes.
   */
  fetch(request: FetchRequest): Promise<Fetched>;
  /** Asks DNS for the addresses of a name and opens no connection. Undefined when DNS does not answer. */
  resolve(host: string): Promise<Resolution | undefined>;
  /** Ends everything under way and closes all connections. */
  close(): Promise<void>;
}
