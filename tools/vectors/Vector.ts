import type { Question } from "#lib/consumer/Decision.ts";

/** What `docs/vectors/vectors.json` holds. Paths are relative to it; times in seconds. */
export interface VectorIndex {
  readonly about: string;
  /** `iss` and `sub` of the list. */
  readonly issuer: string;
  readonly head_url: string;
  readonly heads: readonly HeadVector[];
  readonly lookups: readonly LookupVector[];
  readonly key_sets: readonly KeySetVector[];
}

interface Named {
  readonly name: string;
  /** What it is, in a sentence. */
  readonly what: string;
  readonly now: number;
  /** `ok`, `allow`, or the code of the refusal. */
  readonly expect: string;
}

/** What is remembered of a head that was taken before. */
export interface RememberedHead {
  readonly head: string;
  readonly epoch: number;
  readonly seq: number;
  readonly rev: number;
  readonly root: string;
  readonly digest: string;
  /** Checkpoint of the publisher's log that it carried. */
  readonly log?: { readonly origin: string; readonly size: number; readonly root: string };
}

/** Is this head taken? Steps 1 to 6 of docs/allowlist.md §5. */
export interface HeadVector extends Named {
  readonly head: string;
  readonly jwks: string;
  readonly remembered: RememberedHead | null;
  readonly min_seq?: number;
  /** What a consumer says that leaves namespaces out. */
  readonly expect_without_namespaces?: string;
}

/** What is decided about a client by a head that is good? */
export interface LookupVector extends Named {
  readonly head: string;
  readonly jwks: string;
  /** Folders in which objects are looked for by their names, in this order. */
  readonly objects: readonly string[];
  /** `jkt` null: the client authenticated without a key. */
  readonly question: Omit<Question, "resource" | "scopes"> & { readonly resource?: readonly string[] };
  /** When the question is asked, where that is later than `now`, at which the head is taken. */
  readonly asked_at?: number;
  /** What a consumer says that leaves namespaces out. */
  readonly expect_without_namespaces?: string;
  /** What a consumer says that leaves the live document out. */
  readonly expect_without_document?: string;
}

/** Which key set is in force after walking the chain from version 1, and, where there is a head, is that taken? */
export interface KeySetVector extends Named {
  /** Thumbprint that the enrolment names. */
  readonly root: string;
  /** What `/v1/keys/1`, `/v1/keys/2` … answer; the next one is 404. */
  readonly chain: readonly string[];
  /** Version in force in the end; null: none. */
  readonly version: number | null;
  readonly head?: string;
}
