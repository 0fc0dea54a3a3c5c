import { createHash } from "node:crypto";
import type { CryptoKey } from "jose";
import { compactVerify, decodeProtectedHeader } from "jose";
import { skew } from "./decide.ts";
import { HeadRefused } from "./HeadRefused.ts";
import { parseClaims } from "./parseClaims.ts";
import type { Remembered } from "./Remembered.ts";
import type { HeadClaims } from "./wire.ts";

export interface VerifyOptions {
  readonly iss: string;
  readonly sub: string;
  /** Accepted signature algorithms. */
  readonly algs: readonly string[];
  /** The publisher's key of a kid; null when there is none. */
  readonly keyFor: (kid: string, alg: string) => Promise<CryptoKey | null>;
  readonly remembered: Pick<Remembered, "epoch" | "seq" | "rev" | "root" | "digest"> | null;
  /** Lowest seq to accept: from the enrolment string. */
  readonly minSeq?: number;
  /** Seconds. */
  readonly now: number;
}

export interface VerifiedHead {
  readonly jws: string;
  /** Lower-case hex SHA-256 of `jws`. */
  readonly digest: string;
  readonly kid: string;
  readonly claims: HeadClaims;
  /** False when it is the very head that is remembered. */
  readonly isNew: boolean;
}

const typ = "cimd-allowlist+jwt";

/**
 * Verifies a head, steps 2 to 6 of docs/allowlist.md §5, or throws HeadRefused. Pure but for `keyFor`, whose
 * failures pass through.
 */
export async function verifyHead(jws: string, options: VerifyOptions): Promise<VerifiedHead> {
  const { kid, alg } = readHeader(jws, options.algs); // 2
  const key = await options.keyFor(kid, alg); // 3
  if (!key) throw new HeadRefused("unknown_key", `The publisher's key set has no key ${kid}.`);
  const claims = parseClaims(await verifySignature(jws, key, alg)); // 4
  checkClaims(claims, options); // 5
  const digest = createHash("sha256").update(jws).digest("hex");
  const isNew = compareWithRemembered(claims, digest, options); // 6
  return { jws, digest, kid, claims, isNew };
}

/** Exactly alg, kid and typ: whatever else a header can say (crit, jwk, jku, x5c, b64, zip) is refused unread. */
function readHeader(jws: string, algs: readonly string[]): { kid: string; alg: string } {
  let header: Record<string, unknown>;
  try {
    header = decodeProtectedHeader(jws);
  } catch {
    throw new HeadRefused("malformed", "The head is not a compact JWS.");
  }
  const extra = Object.keys(header).filter((name) => !["alg", "kid", "typ"].includes(name));
  if (extra.length > 0)
    throw new HeadRefused("header_not_allowed", `The header of the head carries ${extra.join(" ")}.`);
  const { alg, kid } = header;
  if (typeof alg !== "string" || !algs.includes(alg))
    throw new HeadRefused("alg_not_allowed", `The algorithm ${String(alg)} is not accepted.`);
  if (header.typ !== typ) throw new HeadRefused("wrong_typ", `The typ of the head is ${String(header.typ)}.`);
  if (typeof kid !== "string") throw new HeadRefused("malformed", "The header of the head has no kid.");
  return { kid, alg };
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
}

/** Whether the head is new. Lower is a rollback; two heads for one seq or two roots for one rev, equivocation. */
function compareWithRemembered(claims: HeadClaims, digest: string, options: VerifyOptions): boolean {
  const { remembered, minSeq } = options;
  const sameEpoch = remembered === null || remembered.epoch === claims.epoch;
  if (minSeq !== undefined && sameEpoch && claims.seq < minSeq)
    throw new HeadRefused("rollback", `Head ${claims.seq} is older than ${minSeq}, the enrolment's min_seq.`);
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
  return true;
}
