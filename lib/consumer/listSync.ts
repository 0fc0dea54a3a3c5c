import { createHash } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import type { ConsumerEvent } from "./ConsumerEvent.ts";
import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import { HeadRefused } from "./HeadRefused.ts";
import type { KeySet } from "./keySetCache.ts";
import { mirrorTree } from "./mirrorTree.ts";
import type { ReadObject } from "./objectReader.ts";
import { parseClaims } from "./parseClaims.ts";
import type { Enrolment } from "./parseEnrolment.ts";
import type { Remembered, Store, Tree } from "./Remembered.ts";
import type { VerifiedHead } from "./verifyHead.ts";
import { verifyHead } from "./verifyHead.ts";
import type { HeadClaims } from "./wire.ts";

/** The head in force, and what is remembered of it. */
export interface Active {
  readonly claims: HeadClaims;
  readonly remembered: Remembered;
}

/** How one refresh ended. Nothing but `activated` and `partial` changes what is decided. */
export type Refreshed =
  | { readonly outcome: "activated" | "unchanged" | "aborted" }
  | {
      readonly outcome: "failed" | "refused" | "partial";
      readonly code: string;
      readonly sentence: string;
      /** Milliseconds. */
      readonly retryAfter?: number;
    };

export interface ListSync {
  /** Reads the store, once. Rejects when it is damaged or belongs to another list. */
  load(): Promise<void>;
  /** One fetch of the head; `wait` in seconds asks for a long poll. */
  refresh(wait: number, signal?: AbortSignal): Promise<Refreshed>;
  active(): Active | null;
}

export interface ListSyncOptions {
  readonly enrolment: Enrolment;
  readonly issuer: string;
  readonly mode: "lazy" | "mirror";
  readonly algs: readonly string[];
  readonly pinnedKids: readonly string[] | undefined;
  readonly token: string | undefined;
  readonly store: Store;
  readonly fetch: typeof fetch;
  readonly keySet: KeySet;
  readonly readObject: ReadObject;
  readonly prune: (roots: readonly string[]) => Promise<void>;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly emit: (event: ConsumerEvent) => void;
}

const headBytes = 64 * 1024;
const headTimeout = 10_000;
const alarming = new Set([
  "rollback",
  "equivocation",
  "bad_signature",
  "wrong_sub",
  "alg_not_allowed",
  "wrong_typ",
]);

/** Follows one list: fetch, verify, remember durably, then use (docs/allowlist.md §5). */
export function listSync(options: ListSyncOptions): ListSync {
  const { enrolment, store, emit } = options;
  let active: Active | null = null;
  let etag: string | null = null;
  /** Mirror: the root whose every object was seen here since the start. */
  let complete: string | null = null;
  let loaded: Promise<void> | undefined;

  async function restore(): Promise<void> {
    const remembered = await store.load();
    if (!remembered) return;
    active = { remembered, claims: claimsOf(remembered, enrolment.headUrl, options.issuer) };
  }

  async function refresh(wait: number, signal?: AbortSignal): Promise<Refreshed> {
    await load();
    const now = Math.floor(options.clock() / 1000);
    const answer = await fetchHead(wait, signal);
    if (answer.status === 304) {
      if (!active || !etag)
        throw new FetchFailed("malformed", "The publisher answered 304 to a first request.");
      return { outcome: "unchanged" };
    }
    const jws = new TextDecoder().decode(answer.body).trim();
    const head = await verify(jws, now);
    if (head.isNew) await remember(head, now);
    const swapped = await completeTree();
    // Committed last: until the tree is in use, the next request must bring the head again.
    etag = answer.headers.get("etag");
    if (!head.isNew && !swapped) return { outcome: "unchanged" };
    const { epoch, seq, rev } = head.claims;
    emit({ type: "activated", epoch, seq, rev });
    await options.prune(rootsOf(active)).catch((error: Error) => {
      emit({ type: "store_failed", sentence: `Old objects could not be removed: ${error.message}` });
    });
    return { outcome: "activated" };
  }

  function fetchHead(wait: number, signal?: AbortSignal) {
    return fetchLimited(enrolment.headUrl, {
      fetch: options.fetch,
      maxBytes: headBytes,
      timeout: headTimeout + wait * 1000,
      ...(signal ? { signal } : {}),
      headers: {
        accept: "application/cimd-allowlist+jwt",
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        ...(etag ? { "if-none-match": etag } : {}),
        ...(wait > 0 && etag ? { prefer: `wait=${wait}` } : {}),
      },
    });
  }

  async function verify(jws: string, now: number): Promise<VerifiedHead> {
    try {
      const head = await verifyHead(jws, {
        iss: options.issuer,
        sub: enrolment.headUrl,
        algs: options.algs,
        keyFor: options.keySet.keyFor,
        remembered: active?.remembered ?? null,
        ...(enrolment.minSeq === undefined ? {} : { minSeq: enrolment.minSeq }),
        now,
      });
      checkPin(head.kid);
      return head;
    } catch (error) {
      if (error instanceof HeadRefused)
        emit({
          type: "refused",
          code: error.code,
          sentence: error.message,
          alarm: alarming.has(error.code),
          head: jws,
        });
      throw error;
    }
  }

  /** `#root=` binds the first head only: later heads may be signed by keys that replaced it. */
  function checkPin(kid: string): void {
    if (options.pinnedKids && !options.pinnedKids.includes(kid))
      throw new HeadRefused("key_not_pinned", `The head is signed by ${kid}, which is not a pinned key.`);
    const { pin } = enrolment;
    if (active || pin === undefined || pin === kid) return;
    if (options.keySet.has(pin))
      throw new HeadRefused(
        "key_not_pinned",
        `The first head is signed by ${kid}; the enrolment names ${pin}.`,
      );
    emit({ type: "pin_unused", pin });
  }

  /** Step 7: durably first, then in force. Denies act from here on, whatever happens to the objects. */
  async function remember({ claims, digest, jws }: VerifiedHead, now: number): Promise<void> {
    const { epoch, seq, rev, root } = claims;
    const old = active?.remembered;
    const oldTree = old?.epoch === epoch ? old.tree : null;
    const tree = options.mode === "lazy" || oldTree?.root === root ? treeOf(claims) : oldTree;
    const state = {
      sub: enrolment.headUrl,
      epoch,
      seq,
      rev,
      root,
      digest,
      head: jws,
      activatedAt: now,
      tree,
    };
    await saveState(state);
    active = { claims, remembered: state };
  }

  /** Step 9 for a mirror: every object of the new tree first, then the swap. True when the tree was swapped. */
  async function completeTree(): Promise<boolean> {
    if (!active) return false;
    const { claims, remembered } = active;
    if (options.mode === "mirror") {
      try {
        if (complete !== claims.root) await mirrorTree(claims.root, complete, options.readObject);
        complete = claims.root;
        if (claims.ns !== undefined) await bringNamespaces(claims.ns);
      } catch (error) {
        throw new Partial(error as Error, claims.seq);
      }
    }
    if (remembered.tree?.root === claims.root) return false;
    const state = { ...remembered, tree: treeOf(claims) };
    await saveState(state);
    active = { claims, remembered: state };
    return true;
  }

  /** Namespaces that this version does not understand admit nobody, and must not hold up the entries. */
  async function bringNamespaces(ns: string): Promise<void> {
    await options.readObject(ns).catch((error: unknown) => {
      if (!(error instanceof FetchFailed) || error.code !== "malformed") throw error;
    });
  }

  async function saveState(state: Remembered): Promise<void> {
    try {
      await store.save(state);
    } catch (error) {
      throw new StoreFailed(`The state could not be saved: ${(error as Error).message}`);
    }
  }

  function load(): Promise<void> {
    loaded ??= restore();
    return loaded;
  }

  return {
    load,
    active: () => active,
    refresh: (wait, signal) => refresh(wait, signal).catch((error: unknown) => outcomeOf(error, emit)),
  };
}

class Partial extends Error {
  readonly code: string;
  readonly seq: number;

  constructor(cause: Error, seq: number) {
    super(cause.message);
    this.code = cause instanceof FetchFailed ? cause.code : "store_failed";
    this.seq = seq;
  }
}

class StoreFailed extends Error {}

/** Failures of the publisher, the path and the disk are values; anything else is a bug and is thrown on. */
function outcomeOf(error: unknown, emit: (event: ConsumerEvent) => void): Refreshed {
  const sentence = (error as Error).message;
  if (error instanceof HeadRefused) return { outcome: "refused", code: error.code, sentence };
  if (error instanceof Partial) {
    emit({ type: "partial", code: error.code, sentence, seq: error.seq });
    return { outcome: "partial", code: error.code, sentence };
  }
  if (error instanceof StoreFailed) {
    emit({ type: "store_failed", sentence });
    return { outcome: "failed", code: "store_failed", sentence };
  }
  if (!(error instanceof FetchFailed)) throw error;
  if (error.code === "aborted") return { outcome: "aborted" };
  emit({ type: "fetch_failed", code: error.code, sentence });
  const { code, retryAfter } = error;
  return { outcome: "failed", code, sentence, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** Claims of the remembered head: verified before it was saved, checked here for damage and for mix-ups. */
function claimsOf(remembered: Remembered, headUrl: string, issuer: string): HeadClaims {
  const { head, digest, sub } = remembered;
  if (sub !== headUrl) throw new Error(`The store belongs to another list: ${sub}.`);
  const damaged = new Error(
    "The stored head is damaged. Remove the store and enrol again with a fresh min_seq.",
  );
  if (createHash("sha256").update(head).digest("hex") !== digest) throw damaged;
  decodeProtectedHeader(head);
  const claims = parseClaims(Buffer.from(head.split(".")[1] ?? "", "base64url"));
  if (claims.iss !== issuer) throw new Error(`The store belongs to another publisher: ${claims.iss}.`);
  if (claims.epoch !== remembered.epoch || claims.seq !== remembered.seq) throw damaged;
  return claims;
}

function treeOf({ root, seq, iat, exp, ns }: HeadClaims): Tree {
  return { root, seq, iat, exp, ...(ns === undefined ? {} : { ns }) };
}

function rootsOf(active: Active | null): string[] {
  const { claims, remembered } = active ?? {};
  return [claims?.root, claims?.ns, remembered?.tree?.root, remembered?.tree?.ns].filter(
    (name) => name !== undefined,
  );
}
