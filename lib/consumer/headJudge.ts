import type { ConsumerEvent } from "./ConsumerEvent.ts";
import { FetchFailed } from "./FetchFailed.ts";
import { HeadRefused } from "./HeadRefused.ts";
import type { KeyChain } from "./keyChain.ts";
import type { KeySet } from "./keySetCache.ts";
import type { Active } from "./Active.ts";
import type { Enrolment } from "./parseEnrolment.ts";
import type { VerifiedHead } from "./verifyHead.ts";
import { verifyHead } from "./verifyHead.ts";

export interface HeadJudgeOptions {
  readonly enrolment: Enrolment;
  readonly issuer: string;
  readonly algs: readonly string[];
  readonly pinnedKids: readonly string[] | undefined;
  readonly keySet: KeySet;
  readonly keyChain: KeyChain;
  /** The newest head taken, in force or not. */
  readonly newest: () => Active | null;
  readonly emit: (event: ConsumerEvent) => void;
}

export interface HeadJudge {
  /** Walks the chain of key sets, or reads the JWKS, when it is time. Throws FetchFailed at a first contact only. */
  refreshKeys(signal?: AbortSignal): Promise<void>;
  /** Throws HeadRefused when the newest key set has expired (seconds). */
  refuseExpiredKeys(now: number): void;
  /** Steps 2 to 6 of docs/allowlist.md §5, and the pins. Throws HeadRefused, after telling it. */
  verify(jws: string, now: number): Promise<VerifiedHead>;
}

const alarming = new Set([
  "rollback",
  "equivocation",
  "bad_signature",
  "wrong_sub",
  "alg_not_allowed",
  "wrong_typ",
  "wrong_epoch",
  "lives_too_long",
  "key_revoked",
  "key_not_pinned",
  "log_rollback",
  "log_split",
]);

/** Refusals that rest on nothing but what is remembered. */
const positional = new Set(["rollback", "equivocation", "log_rollback", "log_split"]);
/** Seconds that a new head may be older than the taking of one whose key was withdrawn: as often as lists are signed. */
const signedEvery = 15 * 60;

/** Says whether a head may be taken, by the keys of whichever level the consumer is on. */
export function headJudge(options: HeadJudgeOptions): HeadJudge {
  const { enrolment, keySet, keyChain, newest, emit } = options;
  /** Version of the key set whose end was told. */
  let expiryTold: number | undefined;
  /** Version a head named, which could not be had. */
  let missingTold: number | undefined;
  let unusedTold = false;

  /** Without an answer the last good key set goes on until it expires; a first contact needs one to know its level. */
  async function refreshKeys(signal?: AbortSignal): Promise<void> {
    try {
      await keyChain.refreshWhenDue(!newest() && !keyChain.current(), signal);
      if (newest() && !keyChain.current()) await keySet.refreshWhenDue(signal);
    } catch (error) {
      if (!(error instanceof FetchFailed) || error.code === "aborted") throw error;
      if (!newest() && !keyChain.current()) throw error;
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

  async function verify(jws: string, now: number): Promise<VerifiedHead> {
    try {
      refuseExpiredKeys(now);
      const head = await verifyWithNewestKeys(jws, now).catch((error: unknown) => {
        return verifyUnbound(jws, now, error);
      });
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
    const known = newest()?.remembered ?? null;
    const epoch = keyChain.current()?.claims.epoch;
    // Only the root begins an epoch. A head remembered of another one is no measure for the heads of this one.
    const foreign = known !== null && epoch !== undefined && known.epoch !== epoch;
    const { minSeq } = enrolment;
    return verifyHead(jws, {
      iss: options.issuer,
      sub: enrolment.headUrl,
      algs: options.algs,
      keyFor: (keyChain.current() ? keyChain : keySet).keyFor,
      epoch: () => keyChain.current()?.claims.epoch,
      remembered: foreign ? null : known,
      ...(minSeq === undefined || foreign ? {} : { minSeq }),
      now,
    });
  }

  /**
   * Level 1: a position that only a withdrawn key vouches for binds nobody, or its thief could shut the publisher out
   * for good. What cannot be read withdraws nothing.
   */
  async function verifyUnbound(jws: string, now: number, refused: unknown): Promise<VerifiedHead> {
    const known = newest();
    const isPositional = refused instanceof HeadRefused && positional.has(refused.code);
    if (!isPositional || !known || keyChain.current() || !(await hasLeft(known.kid))) throw refused;
    const { epoch, seq, firstEpoch = epoch, activatedAt } = known.remembered;
    const { minSeq } = enrolment;
    const head = await verifyHead(jws, {
      iss: options.issuer,
      sub: enrolment.headUrl,
      algs: options.algs,
      keyFor: keySet.keyFor,
      remembered: null,
      withdrawn: { firstEpoch, issuedFrom: activatedAt - signedEvery },
      ...(minSeq === undefined ? {} : { minSeq }),
      now,
    });
    return { ...head, replaces: { kid: known.kid, epoch, seq } };
  }

  async function hasLeft(kid: string): Promise<boolean> {
    try {
      return await keySet.hasLeft(kid);
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      emit({ type: "fetch_failed", code: error.code, sentence: error.message });
      return false;
    }
  }

  function checkPins(kid: string): void {
    if (options.pinnedKids && !options.pinnedKids.includes(kid))
      throw new HeadRefused("key_not_pinned", `The head is signed by ${kid}, which is not a pinned key.`);
    if (!newest()) checkFirstPin(kid);
    else tellUnusedRoot();
  }

  /** A root that no key set came from, at a consumer that has a list already: it stays at level 1. */
  function tellUnusedRoot(): void {
    const { root } = enrolment;
    if (root === undefined || keyChain.current() || keySet.has(root) || unusedTold) return;
    unusedTold = true;
    emit({ type: "pin_unused", pin: root });
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
    if (chained ? chained.keys.has(key) : keySet.has(key)) notPinned(key);
    emit({ type: "pin_unused", pin: key });
  }

  return { refreshKeys, refuseExpiredKeys, verify };
}
