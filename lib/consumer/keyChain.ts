import { createHash } from "node:crypto";
import type { CryptoKey } from "jose";
import type { ConsumerEvent } from "./ConsumerEvent.ts";
import { skew } from "./decide.ts";
import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import { HeadRefused } from "./HeadRefused.ts";
import { KeySetRefused } from "./KeySetRefused.ts";
import { parseKeySetClaims } from "./parseKeySetClaims.ts";
import type { PublicKeys } from "./publicKey.ts";
import { keysByThumbprint, usableKey } from "./publicKey.ts";
import type { RememberedKeys, Store } from "./Remembered.ts";
import { StoreFailed } from "./StoreFailed.ts";
import { verifyKeySet } from "./verifyKeySet.ts";
import type { KeySetClaims } from "./wire.ts";

/** The newest key set of the chain that was verified. */
export interface RootKeys {
  readonly claims: KeySetClaims;
  readonly root: string;
  readonly keys: PublicKeys;
  readonly revoked: ReadonlySet<string>;
}

export interface KeyChain {
  /** Reads the store. Rejects when it is damaged or follows another root. */
  load(): Promise<void>;
  /** Null: no chain is followed (level 1). Once there is one, there always is. */
  current(): RootKeys | null;
  /**
   * Walks to the newest key set if five minutes have passed; true when there is a newer one. `must`: also sooner, while
   * no walk came to its end yet. Throws FetchFailed.
   */
  refreshWhenDue(must: boolean, signal?: AbortSignal): Promise<boolean>;
  /** Walks now. */
  refresh(signal?: AbortSignal): Promise<boolean>;
  /** Takes key sets that came another way, in any order, by the same rules; those already known are passed over. */
  take(keySets: readonly string[]): Promise<void>;
  /** The signing key of this kid, after one walk if it is not known. Throws HeadRefused for a revoked one. */
  keyFor(kid: string, alg: string): Promise<CryptoKey | null>;
  isExpired(now: number): boolean;
}

export interface KeyChainOptions {
  readonly iss: string;
  /** Ends with a slash. */
  readonly baseUrl: string;
  /** From the enrolment; undefined: only a chain that is remembered is followed. */
  readonly root: string | undefined;
  readonly algs: readonly string[];
  readonly store: Store;
  readonly fetch: typeof fetch;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly emit: (event: ConsumerEvent) => void;
}

const every = 5 * 60 * 1000;
/** After a walk that failed: soon, but not with every poll. */
const againAfter = 60 * 1000;
const maxBytes = 64 * 1024;
const timeout = 10_000;
/** Key sets read in one walk; the next walk goes on from there. */
const mostSteps = 200;
const states = new Set(["next", "active", "retiring"]);

/**
 * Follows the publisher's root-signed key sets (level 2, docs/allowlist.md §7): each is signed by a root of the one
 * before, is remembered durably before it is used, and nothing that is served later ever lowers it.
 */
export function keyChain(options: KeyChainOptions): KeyChain {
  const { iss, store, emit, clock } = options;
  let trusted: RootKeys | null = null;
  let dueAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let walked = false;
  let refusedBefore = "";

  async function load(): Promise<void> {
    const kept = (await store.loadKeys?.()) ?? null;
    if (!kept) return;
    const { root } = options;
    if (kept.sub !== `${iss}/v1/keys`)
      throw new Error(`The stored key set belongs to another publisher: ${kept.sub}.`);
    if (root !== undefined && root !== kept.root)
      throw new Error(
        `The store follows the root ${kept.root}; the enrolment names ${root}. Remove the store if the publisher began again with another root.`,
      );
    trusted = await rootKeys(restored(kept), kept.root);
  }

  async function walk(signal?: AbortSignal): Promise<boolean> {
    askedAt = clock();
    dueAt = askedAt + againAfter;
    let moved = false;
    for (let step = 0; step < mostSteps; step++) {
      const jws = await fetchNext(signal);
      if (jws === null || !(await takeOrRefuse(jws))) break;
      moved = true;
    }
    dueAt = clock() + every;
    walked = true;
    return moved;
  }

  /** 404 alone says that there is no newer key set. */
  async function fetchNext(signal?: AbortSignal): Promise<string | null> {
    const url = `${options.baseUrl}${(trusted?.claims.version ?? 0) + 1}`;
    const headers = { accept: "application/cimd-allowlist-keys+jwt" };
    try {
      const how = { fetch: options.fetch, maxBytes, timeout, headers, ...(signal ? { signal } : {}) };
      const { status, body } = await fetchLimited(url, how);
      if (status !== 200) throw new FetchFailed("malformed", `${url} answered ${status}.`);
      return new TextDecoder().decode(body).trim();
    } catch (error) {
      if (error instanceof FetchFailed && error.code === "not_found") return null;
      throw error;
    }
  }

  async function takeOrRefuse(jws: string): Promise<boolean> {
    try {
      await accept(jws);
      return true;
    } catch (error) {
      if (!(error instanceof KeySetRefused)) throw error;
      // The same bad set is served until someone mends it: one alarm says it.
      if (refusedBefore !== jws)
        emit({
          type: "keys_refused",
          code: error.code,
          sentence: error.message,
          // Without a chain the thumbprint may be a signing key's: the head will tell.
          alarm: trusted !== null || error.code !== "root_not_trusted",
          keySet: jws,
        });
      refusedBefore = jws;
      return false;
    }
  }

  /** Every check, then the disk, then in force. */
  async function accept(jws: string): Promise<void> {
    const root = trusted?.root ?? options.root ?? "";
    const now = Math.floor(clock() / 1000);
    const claims = await verifyKeySet(jws, {
      iss,
      algs: options.algs,
      before: trusted?.claims ?? null,
      root,
      now,
    });
    const next = await rootKeys(claims, root);
    const { version, epoch, sub } = claims;
    await save({ sub, root, version, epoch, jws, digest: sha256(jws) });
    trusted = next;
    emit({ type: "keys_activated", version, epoch });
  }

  async function save(state: RememberedKeys): Promise<void> {
    if (!store.saveKeys)
      throw new StoreFailed("This store cannot remember key sets: it needs loadKeys and saveKeys.");
    try {
      await store.saveKeys(state);
    } catch (error) {
      throw new StoreFailed(`The key set could not be saved: ${(error as Error).message}`);
    }
  }

  async function refresh(signal?: AbortSignal): Promise<boolean> {
    return trusted || options.root !== undefined ? walk(signal) : false;
  }

  return {
    load,
    current: () => trusted,
    refresh,
    async refreshWhenDue(must, signal) {
      // A clock that went back makes the age meaningless: read again.
      const due = clock() >= dueAt || clock() < askedAt || (must && !walked);
      return due ? refresh(signal) : false;
    },
    async take(keySets) {
      const inOrder = keySets
        .map((jws) => ({ jws: jws.trim(), version: versionOf(jws) }))
        .sort((a, b) => a.version - b.version);
      for (const { jws, version } of inOrder) {
        if (version <= (trusted?.claims.version ?? 0)) continue;
        if (!(await takeOrRefuse(jws))) return;
      }
    },
    async keyFor(kid, alg) {
      if (trusted && !trusted.keys.has(kid) && !trusted.revoked.has(kid)) await refresh();
      if (trusted?.revoked.has(kid)) throw new HeadRefused("key_revoked", `The key ${kid} is revoked.`);
      return trusted ? usableKey(trusted.keys, kid, alg) : null;
    },
    isExpired: (now) => trusted !== null && trusted.claims.exp <= now - skew,
  };
}

async function rootKeys(claims: KeySetClaims, root: string): Promise<RootKeys> {
  const keys = claims.keys.filter(({ state }) => states.has(state));
  return {
    claims,
    root,
    keys: await keysByThumbprint(keys),
    revoked: new Set(claims.revoked.map(({ kid }) => kid)),
  };
}

/** Claims of the remembered key set: verified before it was saved, checked here for damage. */
function restored({ jws, digest, version, epoch, sub }: RememberedKeys): KeySetClaims {
  const damaged = new Error(
    "The stored key set is damaged. Remove the store and enrol again with a fresh enrolment string.",
  );
  if (sha256(jws) !== digest) throw damaged;
  const claims = parseKeySetClaims(payloadOf(jws));
  if (claims.version !== version || claims.epoch !== epoch || claims.sub !== sub) throw damaged;
  return claims;
}

/** Unverified: tells only whether a set is worth looking at, and after which. What cannot be read comes last. */
function versionOf(jws: string): number {
  try {
    return parseKeySetClaims(payloadOf(jws)).version;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function payloadOf(jws: string): Uint8Array {
  return Buffer.from(jws.split(".")[1] ?? "", "base64url");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
