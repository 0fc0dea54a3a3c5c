import { createHash } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import type { ConsumerEvent } from "./ConsumerEvent.ts";
import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import { HeadRefused } from "./HeadRefused.ts";
import type { KeyChain } from "./keyChain.ts";
import type { KeySet } from "./keySetCache.ts";
import type { Lapse } from "./lapseOf.ts";
import { lapseOf } from "./lapseOf.ts";
import { mirrorTree } from "./mirrorTree.ts";
import type { ReadObject } from "./objectReader.ts";
import { parseClaims } from "./parseClaims.ts";
import type { Enrolment } from "./parseEnrolment.ts";
import type { Remembered, Store, Tree } from "./Remembered.ts";
import { StoreFailed } from "./StoreFailed.ts";
import type { VerifiedHead } from "./verifyHead.ts";
import { verifyHead } from "./verifyHead.ts";
import type { HeadClaims } from "./wire.ts";

/** The head in force, and what is remembered of it. */
export interface Active {
  readonly claims: HeadClaims;
  readonly remembered: Remembered;
  /** The key that signed it. */
  readonly kid: string;
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
  /** The head in force: null when there is none, or when it lapsed. */
  active(): Active | null;
  /** Why the newest head is not in force; null when it is, or there is none. */
  lapsed(): Lapse | null;
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
  readonly keyChain: KeyChain;
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
  "wrong_epoch",
  "key_revoked",
  "log_rollback",
  "log_split",
]);

/** Follows one list: fetch, verify, remember durably, then use (docs/allowlist.md §5). */
export function listSync(options: ListSyncOptions): ListSync {
  const { enrolment, store, emit, keyChain } = options;
  let active: Active | null = null;
  let etag: string | null = null;
  /** Mirror: the root whose every object was seen here since the start. */
  let complete: string | null = null;
  let loaded: Promise<void> | undefined;
  /** Version of the key set whose end was told. */
  let expiryTold: number | undefined;
  /** Version a head named, which could not be had. */
  let missingTold: number | undefined;

  async function restore(): Promise<void> {
    await keyChain.load();
    const remembered = await store.load();
    if (remembered) active = restored(remembered, enrolment.headUrl, options.issuer);
  }

  async function refresh(wait: number, signal?: AbortSignal): Promise<Refreshed> {
    await load();
    const now = Math.floor(options.clock() / 1000);
    await refreshKeys(signal);
    // A head that lapsed is not there: the publisher must send one, not say that nothing changed.
    if (lapsed()) etag = null;
    const answer = await fetchHead(wait, signal);
    if (answer.status === 304) {
      if (!active || !etag)
        throw new FetchFailed("malformed", "The publisher answered 304 to a first request.");
      refuseExpiredKeys(now);
      return { outcome: "unchanged" };
    }
    const refreshed = await take(new TextDecoder().decode(answer.body).trim(), now);
    // Committed last: until the tree is in use, the next request must bring the head again.
    etag = answer.headers.get("etag");
    return refreshed;
  }

  /** Steps 2 to 9 with a head from wherever it came. */
  async function take(jws: string, now: number): Promise<Refreshed> {
    const head = await verify(jws, now);
    if (head.isNew) await remember(head, now);
    const swapped = await completeTree();
    if (!head.isNew && !swapped) return { outcome: "unchanged" };
    const { epoch, seq, rev } = head.claims;
    emit({ type: "activated", epoch, seq, rev });
    await options.prune(rootsOf(active)).catch((error: Error) => {
      emit({ type: "store_failed", sentence: `Old objects could not be removed: ${error.message}` });
    });
    return { outcome: "activated" };
  }

  /** Without an answer the last good key set goes on until it expires; a first contact needs one to know its level. */
  async function refreshKeys(signal?: AbortSignal): Promise<void> {
    try {
      await keyChain.refreshWhenDue(signal);
    } catch (error) {
      if (!(error instanceof FetchFailed) || error.code === "aborted") throw error;
      if (!active && !keyChain.current()) throw error;
      emit({ type: "fetch_failed", code: error.code, sentence: error.message });
    }
  }

  function refuseExpiredKeys(now: number): void {
    if (!keyChain.isExpired(now)) return;
    const { version, exp } = keyChain.current()?.claims ?? { version: 0, exp: 0 };
    if (expiryTold !== version) emit({ type: "key_set_expired", version, exp });
    expiryTold = version;
    throw new HeadRefused("key_set_expired", `Key set ${version} has expired: no new list is taken.`);
  }

  function lapsed(): Lapse | null {
    return active && lapseOf(active, keyChain.current());
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
      refuseExpiredKeys(now);
      const head = await verifyWithNewestKeys(jws, now);
      refuseExpiredKeys(now);
      checkPins(head.kid);
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

  /** A head that speaks of a newer key set, or of another epoch, is judged by what one more walk finds. */
  async function verifyWithNewestKeys(jws: string, now: number): Promise<VerifiedHead> {
    let head: VerifiedHead | undefined;
    try {
      head = await verifyOnce(jws, now);
    } catch (error) {
      if (!(error instanceof HeadRefused) || error.code !== "wrong_epoch") throw error;
      if (!(await walkKeys())) throw error;
    }
    const known = keyChain.current()?.claims.version;
    const named = head?.claims.keys_version;
    if (head && (known === undefined || named === undefined || named <= known || named === missingTold))
      return head;
    if (head && !(await walkKeys())) {
      missingTold = named;
      if (named !== undefined && known !== undefined) emit({ type: "keys_behind", known, named });
      return head;
    }
    return verifyOnce(jws, now);
  }

  /** True when there is a newer key set. A line that is down leaves the known one. */
  async function walkKeys(): Promise<boolean> {
    try {
      return await keyChain.refresh();
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      emit({ type: "fetch_failed", code: error.code, sentence: error.message });
      return false;
    }
  }

  function verifyOnce(jws: string, now: number): Promise<VerifiedHead> {
    const known = active?.remembered ?? null;
    const epoch = keyChain.current()?.claims.epoch;
    // Only the root begins an epoch. A head remembered of another one is no measure for the heads of this one.
    const foreign = known !== null && epoch !== undefined && known.epoch !== epoch;
    const { minSeq } = enrolment;
    return verifyHead(jws, {
      iss: options.issuer,
      sub: enrolment.headUrl,
      algs: options.algs,
      keyFor: (keyChain.current() ? keyChain : options.keySet).keyFor,
      epoch: () => keyChain.current()?.claims.epoch,
      remembered: foreign ? null : known,
      ...(minSeq === undefined || foreign ? {} : { minSeq }),
      now,
    });
  }

  function checkPins(kid: string): void {
    if (options.pinnedKids && !options.pinnedKids.includes(kid))
      throw new HeadRefused("key_not_pinned", `The head is signed by ${kid}, which is not a pinned key.`);
    if (!active) checkFirstPin(kid);
  }

  /** The enrolment binds the first head only: later heads may be signed by keys that replaced it. */
  function checkFirstPin(kid: string): void {
    const { root, key } = enrolment;
    const chained = keyChain.current();
    const notPinned = (pin: string) => {
      throw new HeadRefused(
        "key_not_pinned",
        `The first head is signed by ${kid}; the enrolment names ${pin}.`,
      );
    };
    // Without key sets the thumbprint is a signing key's, and nothing else will do: hiding the key sets gains nothing.
    if (root !== undefined && !chained && root !== kid) notPinned(root);
    if (key === undefined || key === kid) return;
    if (chained ? chained.keys.has(key) : options.keySet.has(key)) notPinned(key);
    emit({ type: "pin_unused", pin: key });
  }

  /** Step 7: durably first, then in force. Denies act from here on, whatever happens to the objects. */
  async function remember({ claims, digest, jws, kid }: VerifiedHead, now: number): Promise<void> {
    const { epoch, seq, rev, root } = claims;
    const old = active?.remembered.epoch === epoch ? active.remembered : undefined;
    // The tree of a head that lapsed is not decided from; the log of its epoch still binds.
    const oldTree = old && !lapsed() ? old.tree : null;
    const log = claims.log ?? old?.log;
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
      ...(log ? { log } : {}),
    };
    await saveState(state);
    active = { claims, remembered: state, kid };
  }

  /** Step 9 for a mirror: every object of the new tree first, then the swap. True when the tree was swapped. */
  async function completeTree(): Promise<boolean> {
    if (!active) return false;
    const { claims, remembered, kid } = active;
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
    active = { claims, remembered: state, kid };
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
    active: () => (lapsed() ? null : active),
    lapsed,
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

/** The remembered head: verified before it was saved, checked here for damage and for mix-ups. */
function restored(remembered: Remembered, headUrl: string, issuer: string): Active {
  const { head, digest, sub } = remembered;
  if (sub !== headUrl) throw new Error(`The store belongs to another list: ${sub}.`);
  const damaged = new Error(
    "The stored head is damaged. Remove the store and enrol again with a fresh min_seq.",
  );
  if (createHash("sha256").update(head).digest("hex") !== digest) throw damaged;
  const { kid = "" } = decodeProtectedHeader(head);
  const claims = parseClaims(Buffer.from(head.split(".")[1] ?? "", "base64url"));
  if (claims.iss !== issuer) throw new Error(`The store belongs to another publisher: ${claims.iss}.`);
  if (claims.epoch !== remembered.epoch || claims.seq !== remembered.seq) throw damaged;
  return { claims, remembered, kid };
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
