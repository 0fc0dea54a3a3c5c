import { createHash } from "node:crypto";
import type { CryptoKey } from "jose";
import { compactVerify } from "jose";
import { skew } from "./decide.ts";
import { HeadRefused } from "./HeadRefused.ts";
import { parseClaims } from "./parseClaims.ts";
import type { HeaderFault } from "./readHeader.ts";
import { readHeader } from "./readHeader.ts";
import type { Remembered } from "./Remembered.ts";
import type { HeadClaims } from "./wire.ts";

export interface VerifyOptions {
  readonly iss: string;
  readonly sub: string;
  /** Accepted signature algorithms. */
  readonly algs: readonly string[];
  /** The publisher's key of a kid; null when there is none. */
  readonly keyFor: (kid: string, alg: string) => Promise<CryptoKey | null>;
  readonly remembered: Pick<Remembered, "epoch" | "seq" | "rev" | "root" | "digest" | "log"> | null;
  /** In place of `remembered`, whose key the publisher withdrew: the little of it that still binds. */
  readonly withdrawn?: {
    /** Epoch that `minSeq` belongs to. */
    readonly firstEpoch: number;
    /** Seconds: the head must have been issued at this time or later. */
    readonly issuedFrom: number;
  };
  /** Level 2: the epoch of the key set, after `keyFor` was asked. */
  readonly epoch?: () => number | undefined;
  /** Lowest seq to accept: from the enrolment string. */
  readonly minSeq?: number;
  /** Seconds. */
  readonly now: number;
}

export interface Position {
  readonly kid: string;
  readonly epoch: number;
  readonly seq: number;
}

export interface VerifiedHead {
  readonly jws: string;
  /** Lower-case hex SHA-256 of `jws`. */
  readonly digest: string;
  readonly kid: string;
  readonly claims: HeadClaims;
  /** False when it is the very head that is remembered. */
  readonly isNew: boolean;
  /** Level 1: the remembered position that does not bind any more, for the publisher withdrew its key. */
  readonly replaces?: Position;
}

const typ = "cimd-allowlist+jwt";
/** Seconds from `iat` to `exp`: whoever held a key for a moment must not freeze a list for years. */
const longestLife = 7 * 24 * 60 * 60;

/**
 * Verifies a head, steps 2 to 6 of docs/allowlist.md §5, or throws HeadRefused. Pure but for `keyFor`, whose
 * failures pass through.
 */
export async function verifyHead(jws: string, options: VerifyOptions): Promise<VerifiedHead> {
  const { kid, alg } = readHeader(jws, { what: "head", typ, algs: options.algs }, refuse); // 2
  const key = await options.keyFor(kid, alg); // 3
  if (!key) throw new HeadRefused("unknown_key", `The publisher's key set has no key ${kid}.`);
  const claims = parseClaims(await verifySignature(jws, key, alg)); // 4
  checkClaims(claims, options); // 5
  checkEpoch(claims, options.epoch?.());
  const digest = createHash("sha256").update(jws).digest("hex");
  const isNew = compareWithRemembered(claims, digest, options); // 6
  return { jws, digest, kid, claims, isNew };
}

async function verifySignature(jws: string, key: CryptoKey, alg: string): Promise<Uint8Array> {
  try {
    return (await compactVerify(jws, key, { algorithms: [alg] })).payload;
  } catch {
    throw new HeadRefused("bad_signature", "The signature of the head does not verify.");
  }
}

function checkClaims(claims: HeadClaims, { iss, sub, now }: VerifyOptions): void {
  if (claims.iss !== iss) throw new HeadRefused("wrong_iss", `The head is issued by ${claims.iss}.`);
  if (claims.sub !== sub) throw new HeadRefused("wrong_sub", `The head is of another list: ${claims.sub}.`);
  if (claims.exp <= now - skew) throw new HeadRefused("expired", "The head has expired.");
  if (claims.iat >= now + skew)
    throw new HeadRefused(
      "issued_in_future",
      "The head is issued in the future; check this machine's clock.",
    );
  if (claims.exp - claims.iat > longestLife)
    throw new HeadRefused("lives_too_long", "The head expires more than seven days after it was issued.");
}

function checkEpoch({ epoch }: HeadClaims, expected: number | undefined): void {
  if (expected !== undefined && epoch !== expected)
    throw new HeadRefused("wrong_epoch", `The head is of epoch ${epoch}; the key set is of ${expected}.`);
}

/** Whether the head is new. Lower is a rollback; two heads for one seq or two roots for one rev, equivocation. */
function compareWithRemembered(claims: HeadClaims, digest: string, options: VerifyOptions): boolean {
  const { remembered, minSeq, withdrawn } = options;
  const epoch = remembered?.epoch ?? withdrawn?.firstEpoch;
  const sameEpoch = epoch === undefined || epoch === claims.epoch;
  if (minSeq !== undefined && sameEpoch && claims.seq < minSeq)
    throw new HeadRefused("rollback", `Head ${claims.seq} is older than ${minSeq}, the enrolment's min_seq.`);
  if (withdrawn && claims.iat < withdrawn.issuedFrom)
    throw new HeadRefused("rollback", "The head was issued before the one that was seen last.");
  if (!remembered) return true;
  if (claims.epoch < remembered.epoch)
    throw new HeadRefused("rollback", `The head is of epoch ${claims.epoch}; ${remembered.epoch} was seen.`);
  if (!sameEpoch) return true;
  if (claims.seq < remembered.seq)
    throw new HeadRefused(
      "rollback",
      `Head ${claims.seq} is older than head ${remembered.seq}, which was seen.`,
    );
  if (claims.seq === remembered.seq) {
    if (digest === remembered.digest) return false;
    throw new HeadRefused("equivocation", `There are two different heads ${claims.seq}.`);
  }
  if (claims.rev === remembered.rev && claims.root !== remembered.root)
    throw new HeadRefused("equivocation", `There are two different roots for revision ${claims.rev}.`);
  if (claims.seq === remembered.seq + 1 && claims.prev !== undefined && claims.prev !== remembered.digest)
    throw new HeadRefused("equivocation", `Head ${claims.seq} follows another head ${remembered.seq}.`);
  compareLogs(claims.log, remembered.log);
  return true;
}

/** A log only grows. One that did not was shown to others in another form, and both forms are signed. */
function compareLogs(log: HeadClaims["log"], known: HeadClaims["log"]): void {
  if (!log || !known || log.origin !== known.origin) return;
  if (log.size < known.size)
    throw new HeadRefused("log_rollback", `The log has ${log.size} records; ${known.size} were seen.`);
  if (log.size === known.size && log.root !== known.root)
    throw new HeadRefused("log_split", `There are two different logs of ${log.size} records.`);
}

function refuse(code: HeaderFault, sentence: string): never {
  throw new HeadRefused(code, sentence);
}
