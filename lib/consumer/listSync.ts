import type { Active } from "./Active.ts";
import { createHash } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import type { BundleSource } from "./bundleLines.ts";
import { bundleLines } from "./bundleLines.ts";
import type { ConsumerEvent } from "./ConsumerEvent.ts";
import { fetchBundle } from "./fetchBundle.ts";
import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import { headJudge } from "./headJudge.ts";
import { HeadRefused } from "./HeadRefused.ts";
import { keepReachable } from "./keepReachable.ts";
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
import type { HeadClaims } from "./wire.ts";

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
  /** Takes a head and objects that were carried here, and before them key sets. */
  loadBundle(bundle: BundleSource, keySets?: readonly string[]): Promise<Refreshed>;
  /** The head in force: null when there is none, or when it lapsed. */
  active(): Active | null;
  /** Why the newest head, or this one, is not in force; null when it is, or there is none. */
  lapsed(of?: Active): Lapse | null;
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
/** A list of so many entries is one object: a bundle would save nothing. */
const oneObject = 128;
/** Milliseconds for the objects of one head: newer heads, their denies and key sets wait meanwhile. */
const treeTimeout = 5 * 60 * 1000;

/** Follows one list: fetch, verify, remember durably, then use (docs/allowlist.md §5). */
export function listSync(options: ListSyncOptions): ListSync {
  const { enrolment, store, emit, keyChain } = options;
  let active: Active | null = null;
  let etag: string | null = null;
  /** The head whose lapse was told. */
  let lapseTold: Active | null = null;
  /** Mirror: the root whose every object was seen here since the start. */
  let complete: string | null = null;
  let loaded: Promise<void> | undefined;
  const judge = headJudge({ ...options, newest: () => active });

  async function restore(): Promise<void> {
    await keyChain.load();
    const remembered = await store.load();
    if (remembered) active = restored(remembered, enrolment.headUrl, options.issuer);
  }

  async function refresh(wait: number, signal?: AbortSignal): Promise<Refreshed> {
    await load();
    const now = Math.floor(options.clock() / 1000);
    await judge.refreshKeys(signal);
    // A head that lapsed is not there: the publisher must send one, not say that nothing changed.
    const lapse = lapsed();
    if (lapse) etag = null;
    if (lapse && active && lapseTold !== active)
      emit({ type: "lapsed", seq: active.claims.seq, ...lapse, alarm: true });
    if (lapse) lapseTold = active;
    const answer = await fetchHead(wait, signal);
    if (answer.status === 304) {
      if (!active || !etag)
        throw new FetchFailed("malformed", "The publisher answered 304 to a first request.");
      judge.refuseExpiredKeys(now);
      return { outcome: "unchanged" };
    }
    const refreshed = await take(new TextDecoder().decode(answer.body).trim(), now, bringTree);
    // Committed last: until the tree is in use, the next request must bring the head again.
    etag = answer.headers.get("etag");
    return refreshed;
  }

  /** Steps 2 to 9 with a head from wherever it came. */
  async function take(
    jws: string,
    now: number,
    bring: (claims: HeadClaims) => Promise<void>,
  ): Promise<Refreshed> {
    const head = await judge.verify(jws, now);
    if (head.isNew) await remember(head, now);
    await bring(head.claims);
    const swapped = await completeTree().catch(async (error: unknown) => {
      // A mirror that gets no further must not gather what leads nowhere, either.
      await pruneOld();
      throw error;
    });
    if (!head.isNew && !swapped) return { outcome: "unchanged" };
    const { epoch, seq, rev } = head.claims;
    emit({ type: "activated", epoch, seq, rev });
    await pruneOld();
    return { outcome: "activated" };
  }

  async function pruneOld(): Promise<void> {
    await options.prune(rootsOf(active)).catch((error: Error) => {
      emit({ type: "store_failed", sentence: `Old objects could not be removed: ${error.message}` });
    });
  }

  /** A mirror that begins asks for everything in one request. Whatever comes of it, single requests bring the rest. */
  async function bringTree({ root, ns, count }: HeadClaims): Promise<void> {
    const begins = options.mode === "mirror" && complete === null && active?.remembered.tree === null;
    if (!begins || count <= oneObject) return;
    const wanted = ns === undefined ? [root] : [root, ns];
    await fetchBundle(enrolment.headUrl.replace(/head$/, "bundle"), wanted, options).catch(tellFailed);
  }

  function tellFailed(error: unknown): void {
    if (!(error instanceof FetchFailed)) throw error;
    emit({ type: "fetch_failed", code: error.code, sentence: error.message });
  }

  async function loadBundle(bundle: BundleSource, keySets: readonly string[] = []): Promise<Refreshed> {
    await load();
    await keyChain.take(keySets);
    const lines = bundleLines(bundle);
    const first = await lines.next();
    const jws = first.done ? "" : new TextDecoder().decode(first.value).trim();
    return take(jws, Math.floor(options.clock() / 1000), async ({ root, ns }) => {
      // The head is in force by now: what is missing of its objects makes it partial.
      await keepReachable(lines, ns === undefined ? [root] : [root, ns], store).catch(tellFailed);
    });
  }

  function lapsed(of: Active | null = active): Lapse | null {
    return of && lapseOf(of, keyChain.current(), options.keySet, options.clock() / 1000);
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

  /** Step 7: durably first, then in force. Denies act from here on, whatever happens to the objects. */
  async function remember(head: VerifiedHead, now: number): Promise<void> {
    const { claims, digest, jws, kid, replaces } = head;
    const { epoch, seq, rev, root } = claims;
    const old = !replaces && active?.remembered.epoch === epoch ? active.remembered : undefined;
    const firstEpoch = active?.remembered.firstEpoch ?? active?.remembered.epoch ?? epoch;
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
      firstEpoch,
      tree,
      ...(log ? { log } : {}),
    };
    await saveState(state);
    active = { claims, remembered: state, kid };
    if (!replaces) return;
    const from = { epoch: replaces.epoch, seq: replaces.seq };
    emit({ type: "position_reset", kid: replaces.kid, from, to: { epoch, seq }, alarm: true });
  }

  /** Step 9 for a mirror: every object of the new tree first, then the swap. True when the tree was swapped. */
  async function completeTree(): Promise<boolean> {
    if (!active) return false;
    const { claims, remembered, kid } = active;
    if (options.mode === "mirror") {
      try {
        const until = options.clock() + treeTimeout;
        if (complete !== claims.root)
          await mirrorTree(claims.root, complete, options.readObject, () => options.clock() > until);
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
    loadBundle: (bundle, keySets) =>
      loadBundle(bundle, keySets).catch((error: unknown) => outcomeOf(error, emit)),
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
