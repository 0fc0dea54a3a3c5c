import { hostname } from "node:os";
import type { JWK } from "jose";
import type { BundleSource } from "./bundleLines.ts";
import type { ConsumerEvent } from "./ConsumerEvent.ts";
import type { Decision, Question } from "./Decision.ts";
import type { Found } from "./decide.ts";
import { clampTtl } from "./clampTtl.ts";
import { decide, decideByHead } from "./decide.ts";
import type { Namespaces } from "./decideByNamespace.ts";
import { FetchFailed } from "./FetchFailed.ts";
import { foundLately } from "./foundLately.ts";
import { keyChain } from "./keyChain.ts";
import { fixedKeySet, keySetCache } from "./keySetCache.ts";
import type { Active } from "./Active.ts";
import type { Refreshed } from "./listSync.ts";
import { listSync } from "./listSync.ts";
import { objectPruner } from "./objectPruner.ts";
import { objectReader } from "./objectReader.ts";
import { parseEnrolment } from "./parseEnrolment.ts";
import { pollLoop, sleep } from "./pollLoop.ts";
import type { Store } from "./Remembered.ts";
import { statusUrl } from "./reportStatus.ts";
import { sightingBook, sightingsUrl } from "./sightingBook.ts";
import { statusReporter } from "./statusReporter.ts";
import { walkTrie } from "./walkTrie.ts";
import type { HeadDeny } from "./wire.ts";

export type { ConsumerEvent } from "./ConsumerEvent.ts";
export type { Decision, DenyCode, Question } from "./Decision.ts";
export type { Refreshed } from "./listSync.ts";
export type { AllowlistEntry, NamespaceEntry } from "./wire.ts";
export type { Remembered, RememberedKeys, Store, Tree } from "./Remembered.ts";
export { fileStore } from "./fileStore.ts";
export { admitsRedirect } from "./judgeNamespace.ts";
export { memoryStore } from "./memoryStore.ts";

export interface ConsumerOptions {
  /** The enrolment string, `https://…/v1/lists/prod/head#root=<thumbprint>&min_seq=482`, or the head's URL. */
  readonly head: string | URL;
  /** `iss` of the heads; what stands before `/v1/lists/` unless given. */
  readonly issuer?: string;
  /** Where the publisher's keys are; `{issuer}/.well-known/jwks.json` unless given. */
  readonly jwksUri?: string;
  /** The publisher's keys, brought by hand to a machine without a line to it; then `jwksUri` is not read. */
  readonly jwks?: { readonly keys: readonly JWK[] };
  /** Where root-signed key sets are; `{issuer}/v1/keys` unless given. */
  readonly keysUrl?: string;
  /** Where objects are, when a CDN serves them; beside the head unless given. */
  readonly objectsUrl?: string;
  /** Bearer token for the head of a private list and for status reports; never sent for objects or keys. */
  readonly token?: string;
  /** `lazy` reads objects when asked; `mirror` holds the whole list and never waits for the network to decide. */
  readonly mode: "lazy" | "mirror";
  /** `report_only` computes and reports, and lets everything pass. */
  readonly enforcement: "enforce" | "report_only";
  /** What is remembered across restarts: `fileStore(directory)`, or `memoryStore()` in tests. */
  readonly store: Store;
  /** Accepted signature algorithms; ES256 unless given. */
  readonly algs?: readonly string[];
  /** When given, only heads signed by these kids count, whatever the publisher's key set says. */
  readonly pinnedKids?: readonly string[];
  /** For a private CA or a proxy. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** 0 … 1, for jitter only. */
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Seconds a poll may be held by the publisher; 25 unless given, 0 for plain polling by `ttl`. */
  readonly wait?: number;
  readonly onEvent?: (event: ConsumerEvent) => void;
  /** Where to report which head is in use: the publisher's base URL, and this consumer's id there. */
  readonly status?: { readonly url: string; readonly consumerId: string; readonly instance?: string };
  /**
   * Where `status` is given, what was asked is added up and reported, too, without anything of an end user
   * (docs/reports.md). `false` switches it off; `every` is the milliseconds between two reports, 60,000 unless given.
   */
  readonly sightings?: false | { readonly every?: number; readonly soon?: number };
  /** Plain http to a host that is not loopback. The keys then come over an open line: for laboratories only. */
  readonly allowInsecureHttp?: boolean;
}

/** The head in use. Times in seconds. */
export interface ActiveHead {
  readonly epoch: number;
  readonly seq: number;
  readonly rev: number;
  readonly digest: string;
  readonly iat: number;
  readonly exp: number;
  readonly ttl: number;
  readonly root: string;
  readonly count: number;
  readonly deny: readonly HeadDeny[];
  /** The head whose tree is read: older than `seq` while a mirror is loading, null before the first is complete. */
  readonly treeSeq: number | null;
  /** The root-signed key set in use (level 2); null: the publisher's JWKS decides (level 1). */
  readonly keysVersion: number | null;
  /** Last successful check; null: none since the start. */
  readonly checkedAt: number | null;
}

export interface Consumer {
  /**
   * Resolves when what was remembered is loaded and one refresh was tried, however it ended: an unreachable
   * publisher does not stop a server from starting. Rejects only when the store is damaged or another list's.
   */
  ready(): Promise<void>;
  /** Never throws for anything the publisher or the network does: what cannot be answered is denied. */
  decide(question: Question): Promise<Decision>;
  /** Whether to fetch this client's document at all; asks the list only. */
  allowFetch(clientId: string): Promise<boolean>;
  head(): ActiveHead | null;
  /** Fetches the head now and reports the outcome. */
  refresh(): Promise<Refreshed>;
  /**
   * Takes a list that was carried here instead of fetched: the bytes of the publisher's `bundle`, and its key sets
   * when the enrolment names a root. Judged exactly as what comes over the network.
   */
  loadBundle(bundle: BundleSource, keySets?: readonly string[]): Promise<Refreshed>;
  /** Polls until stopped. */
  start(): void;
  stop(): Promise<void>;
}

const version = "rollcall-consumer/0.1.0";
/** Seconds: at level 2 key sets are due every five minutes, and a thief of the signing key must not put that off. */
const longestWithKeySets = 240;

/**
 * A consumer of one allowlist: verifies every head and object, remembers durably before it uses, decides from
 * the last good list, and reports (docs/consumer.md). Throws TypeError when the enrolment string is not one.
 */
export function createConsumer(options: ConsumerOptions): Consumer {
  const enrolment = parseEnrolment(options.head, options.allowInsecureHttp);
  const issuer = options.issuer ?? enrolment.issuer;
  const fetch = options.fetch ?? globalThis.fetch;
  const clock = options.clock ?? Date.now;
  const emit = (event: ConsumerEvent) => {
    try {
      options.onEvent?.(event);
    } catch {
      // A faulty listener must not stop decisions.
    }
  };
  const { store, prune } = objectPruner(options.store);
  const baseUrl = options.objectsUrl ?? enrolment.headUrl.replace(/head$/, "objects/");
  const readObject = objectReader({ fetch, store, baseUrl: baseUrl.replace(/\/?$/, "/") });

  const algs = options.algs ?? ["ES256"];
  const keysUrl = (options.keysUrl ?? `${issuer}/v1/keys`).replace(/\/?$/, "/");
  const chain = keyChain({
    iss: issuer,
    baseUrl: keysUrl,
    root: enrolment.root,
    // A root is an ES256 key, whatever a list is signed with.
    algs: [...algs, "ES256"],
    store,
    fetch,
    clock,
    emit,
  });
  const sync = listSync({
    enrolment,
    issuer,
    mode: options.mode,
    algs,
    pinnedKids: options.pinnedKids,
    token: options.token,
    store,
    fetch,
    keySet: options.jwks
      ? fixedKeySet(options.jwks)
      : keySetCache(options.jwksUri ?? `${issuer}/.well-known/jwks.json`, { fetch, clock }),
    keyChain: chain,
    readObject,
    prune,
    clock,
    emit,
  });
  const { status } = options;
  const instance = status?.instance ?? hostname();
  const book = sightingBook({
    url:
      options.sightings === false
        ? undefined
        : status && sightingsUrl(statusUrl(status.url, status.consumerId)),
    token: options.token,
    list: enrolment.list,
    instance,
    fetch,
    clock,
    emit,
    ...options.sightings,
  });
  const reporter = statusReporter({
    url: status && statusUrl(status.url, status.consumerId),
    token: options.token,
    fetch,
    fixed: {
      list: enrolment.list,
      instance,
      mode: options.mode,
      enforcement: options.enforcement,
      client: version,
    },
    active: sync.active,
    clock,
    emit,
  });

  const lately = foundLately();
  const ttl = () => {
    const seconds = clampTtl(sync.active()?.claims.ttl ?? 5);
    return chain.current() ? Math.min(seconds, longestWithKeySets) : seconds;
  };

  // One refresh at a time: two answers that overtake each other would look like a rollback.
  let last: Promise<unknown> = Promise.resolve();
  let poll = new AbortController();
  let loop: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  let urgent = 0;

  function inTurn(work: () => Promise<Refreshed>): Promise<Refreshed> {
    const next = last.then(work).then((refreshed) => {
      reporter.note(refreshed);
      return refreshed;
    });
    last = next.catch(() => undefined);
    return next;
  }

  /** A turn of the loop: gives way to a refresh that someone waits for. */
  function pollTurn(wait: number, stop: AbortSignal): Promise<Refreshed> {
    return inTurn(() => {
      poll = new AbortController();
      return sync.refresh(urgent > 0 ? 0 : wait, AbortSignal.any([poll.signal, stop]));
    });
  }

  async function refresh(): Promise<Refreshed> {
    urgent++;
    poll.abort();
    try {
      return await inTurn(() => sync.refresh(0));
    } finally {
      urgent--;
      await reporter.settled();
    }
  }

  async function find(active: Active, clientId: string): Promise<Found> {
    const tree = active.remembered.tree;
    if (!tree) return "unavailable";
    try {
      const entry = await walkTrie(tree.root, clientId, readObject);
      return entry ? lately.frozen(entry) : "none";
    } catch (error) {
      const code = error instanceof FetchFailed ? error.code : "store_failed";
      emit({ type: "unavailable", clientId, code, sentence: (error as Error).message });
      return "unavailable";
    }
  }

  /** The newest head's namespaces; unavailable too while a mirror still decides by a tree that came with others. */
  async function findNamespaces(active: Active, clientId: string): Promise<Namespaces> {
    const { ns } = active.claims;
    if (ns === undefined) return [];
    if (active.remembered.tree?.ns !== ns) return "unavailable";
    try {
      const object = await readObject(ns);
      if (object.kind === "namespaces") return object.namespaces;
      throw new FetchFailed("malformed", `The object ${ns} does not hold namespaces.`);
    } catch (error) {
      const code = error instanceof FetchFailed ? error.code : "store_failed";
      emit({ type: "unavailable", clientId, code, sentence: (error as Error).message });
      return "unavailable";
    }
  }

  /** The decision about a client that was found lately; undefined when it must be looked up. */
  function judgeAtOnce(question: Question): Decision | undefined {
    const active = sync.active();
    const tree = active?.remembered.tree;
    const found = tree ? lately.get(tree.root, question.client_id) : undefined;
    if (!active || !tree || !found) return undefined;
    const now = clock() / 1000;
    return decide({ head: active.claims, treeHead: tree, found, isUnderstood: true, question, now });
  }

  async function judge(question: Question): Promise<Decision> {
    await sync.load().catch(() => undefined);
    const lapse = sync.lapsed();
    if (lapse) return { decision: "deny", reasons: [lapse.code], sentence: lapse.sentence, seq: null };
    const active = sync.active();
    const now = clock() / 1000;
    const head = active && active.claims;
    const treeHead = active?.remembered.tree ?? undefined;
    const early = decideByHead(head, question, now, treeHead);
    if (early || !active) return early ?? decide({ head, found: "unavailable", question, now });
    const found = await find(active, question.client_id);
    const namespaces = found === "none" ? await findNamespaces(active, question.client_id) : [];
    // The epoch or the key may have ended during the lookup: what was found there no longer counts.
    if (sync.lapsed(active)) return judge(question);
    const newest = sync.active() ?? active;
    // What is not listed itself is decided by namespaces and a tree that belong together and are the newest.
    if (
      found === "none" &&
      (newest.claims.ns !== active.claims.ns || newest.claims.root !== active.claims.root)
    )
      return judge(question);
    // The tree was swapped during the lookup, and its objects may be gone: ask the new one.
    if (found === "unavailable" && newest.remembered.tree?.root !== active.remembered.tree?.root)
      return judge(question);
    // A head that arrived during the lookup may deny what the older one approved.
    const decision = decide({
      head: newest.claims,
      ...(treeHead ? { treeHead } : {}),
      found,
      namespaces,
      question,
      now,
    });
    if (decision.entry && treeHead) lately.keep(treeHead.root, question.client_id, decision.entry);
    return decision;
  }

  /** What is answered to a decision: to report only is to let pass. */
  function inForce(question: Question, decision: Decision): Decision {
    if (options.enforcement === "enforce") return decision;
    if (decision.decision === "deny") emit({ type: "would_deny", question, decision });
    return { ...decision, decision: "allow", would: decision.decision };
  }

  async function decideQuestion(question: Question): Promise<Decision> {
    return inForce(question, judgeAtOnce(question) ?? (await judge(question)));
  }

  async function decideAndCount(question: Question): Promise<Decision> {
    const decision = inForce(question, judgeAtOnce(question) ?? (await judge(question)));
    book.note(question, decision);
    return decision;
  }

  /** A client that passes comes again with all it asks for, and is counted then. */
  async function allowFetch(clientId: string): Promise<boolean> {
    const question = { client_id: clientId };
    const decision = await decideQuestion(question);
    if (decision.decision === "deny") book.note(question, decision);
    return decision.decision === "allow";
  }

  return {
    async ready() {
      await sync.load();
      await refresh();
    },
    decide: decideAndCount,
    allowFetch,
    head: () => describe(sync.active(), reporter.checkedAt(), chain.current()?.claims.version ?? null),
    refresh,
    async loadBundle(bundle, keySets) {
      urgent++;
      poll.abort();
      try {
        return await inTurn(() => sync.loadBundle(bundle, keySets));
      } finally {
        urgent--;
        await reporter.settled();
      }
    },
    start() {
      if (loop) return;
      book.start();
      const stop = new AbortController();
      const pollOptions = {
        turn: (wait: number) => pollTurn(wait, stop.signal),
        canWait: () => sync.active() !== null,
        wait: options.wait ?? 25,
        ttl: () => ttl() * 1000,
        clock,
        random: options.random ?? Math.random,
        sleep: options.sleep ?? sleep,
        onError: (error: unknown) => emit({ type: "store_failed", sentence: String(error) }),
      };
      loop = { stop, ended: pollLoop(pollOptions, stop.signal) };
    },
    async stop() {
      loop?.stop.abort();
      poll.abort();
      await loop?.ended;
      loop = undefined;
      await last;
      await Promise.all([reporter.settled(), book.stop()]);
    },
  };
}

function describe(
  active: Active | null,
  checkedAt: number | null,
  keysVersion: number | null,
): ActiveHead | null {
  if (!active) return null;
  const { epoch, seq, rev, iat, exp, ttl, root, count, deny } = active.claims;
  const { digest, tree } = active.remembered;
  return {
    epoch,
    seq,
    rev,
    digest,
    iat,
    exp,
    ttl,
    root,
    count,
    deny,
    treeSeq: tree?.seq ?? null,
    keysVersion,
    checkedAt,
  };
}
