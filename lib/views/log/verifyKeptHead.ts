import { verifyHead } from "#lib/consumer/verifyHead.ts";
import type { HeadClaims, LogCheckpoint } from "#lib/core/allowlist/wire.ts";
import { bytesOfHex } from "#lib/core/log/hex.ts";
import { consistencyProof, inclusionProof, tilesRead } from "#lib/core/log/proofs.ts";
import type { ReadTile } from "#lib/core/log/tiles.ts";
import { leafHash } from "#lib/core/log/treeHash.ts";
import { verifyConsistency, verifyInclusion } from "#lib/core/log/verifyProof.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Read } from "#lib/db/Database.ts";
import { readLogTiles } from "#lib/db/queries/readLogTiles.ts";
import { find } from "#lib/db/rows.ts";
import type { LogState } from "./logState.ts";

export interface KeptHead {
  readonly ok: boolean;
  readonly sentence: string;
  readonly sub?: string;
  readonly seq?: number;
  /** Leaves of the log that the head names. */
  readonly size?: number;
  /** The head's own leaf. */
  readonly index?: number;
}

/**
 * Whether a head that somebody keeps elsewhere is one of this log: signed by a key of ours, its own leaf in the log, and
 * the log it names the beginning of today's. The tiles are believed: `verifyLog` compares them with the records.
 */
export async function verifyKeptHead(db: Read, state: LogState, jws: string): Promise<KeptHead> {
  const claims = await signedClaims(db, jws);
  if (typeof claims === "string") return { ok: false, sentence: claims };
  const { sub, seq, log } = claims;
  const name = `Head ${seq} of ${sub}`;
  const about = { sub, seq, size: log?.size };
  if (log) {
    const fault = await prefixFault(db, state, log);
    if (fault) return { ok: false, ...about, sentence: `${name} ${fault}` };
  }
  const row = await find(db, "head", { digest: sha256Hex(jws) });
  const leaf = row && (await find(db, "logLeaf", { kind: "head", ref: row.id }));
  if (!leaf || leaf.index >= state.size) {
    const sentence = row
      ? `${name} is not in the log yet: let the worker run and ask again.`
      : `${name} is signed by a key of this installation, but neither it nor its leaf is here: they were taken away, or the key signed elsewhere.`;
    return { ok: false, ...about, sentence };
  }
  const { index, body } = leaf;
  const prove = (read: ReadTile) => inclusionProof(read, index, state.size);
  const proof = prove(await readLogTiles(db, tilesRead(prove)));
  const hash = leafHash(new TextEncoder().encode(body));
  if (
    !body.includes(sha256Hex(jws)) ||
    !verifyInclusion(hash, index, state.size, proof, bytesOfHex(state.root))
  )
    return { ok: false, ...about, sentence: `${name} is not what leaf ${index} of the log stands for.` };
  const sentence = log
    ? `${name} is leaf ${index} of the log, and the ${log.size} leaves it names are the beginning of today's ${state.size}.`
    : `${name} is leaf ${index} of the log; it was made before heads named the log.`;
  return { ok: true, ...about, index, sentence };
}

/** What is wrong with a log that a head names, as the end of a sentence; undefined when it is the beginning of today's. */
export async function prefixFault(
  db: Read,
  state: LogState,
  log: LogCheckpoint,
): Promise<string | undefined> {
  // Under an earlier name the log was the beginning of this one, unless a backup was put back meanwhile.
  if (!(await find(db, "logKey", { origin: log.origin }))) return `names another log: ${log.origin}.`;
  if (log.size > state.size)
    return `names a log of ${log.size} leaves; today's has ${state.size}: it was cut off.`;
  const prove = (read: ReadTile) => consistencyProof(read, log.size, state.size);
  const older = { size: log.size, root: bytesOfHex(log.root) };
  const newer = { size: state.size, root: bytesOfHex(state.root) };
  const proof = prove(await readLogTiles(db, tilesRead(prove)));
  return verifyConsistency(older, newer, proof)
    ? undefined
    : `names a log whose first ${log.size} leaves are not those of today's: it was written anew.`;
}

/** The claims of a head that any key of this installation signed, retired ones too; or why not. */
async function signedClaims(db: Read, jws: string): Promise<HeadClaims | string> {
  try {
    const said = JSON.parse(
      Buffer.from(jws.split(".")[1] ?? "", "base64url").toString(),
    ) as Partial<HeadClaims>;
    const { claims } = await verifyHead(jws, {
      iss: String(said.iss),
      sub: String(said.sub),
      algs: ["ES256"],
      keyFor: (kid) => anyKey(db, kid),
      remembered: null,
      // A kept head may have expired long ago.
      now: Number(said.iat),
    });
    return claims;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error instanceof SyntaxError
      ? "This is not a head: a compact JWS is expected."
      : `This head does not verify: ${error.message}`;
  }
}

async function anyKey(db: Read, kid: string): Promise<CryptoKey | null> {
  const row = await find(db, "signingKey", { kid });
  if (!row) return null;
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  return crypto.subtle.importKey("jwk", row.publicJwk as JsonWebKey, curve, true, ["verify"]);
}
