import { compactVerify, type CryptoKey } from "jose";
import { skew } from "./decide.ts";
import { KeySetRefused } from "./KeySetRefused.ts";
import { parseKeySetClaims } from "./parseKeySetClaims.ts";
import { keysByThumbprint, usableKey } from "./publicKey.ts";
import { readHeader } from "./readHeader.ts";
import type { KeySetClaims } from "./wire.ts";

export interface KeySetLink {
  readonly iss: string;
  /** Accepted signature algorithms. */
  readonly algs: readonly string[];
  /** The key set before this one; null for the first. */
  readonly before: Pick<KeySetClaims, "version" | "epoch" | "roots"> | null;
  /** Thumbprint of the key that signs version 1. */
  readonly root: string;
  /** Seconds. */
  readonly now: number;
}

const typ = "cimd-allowlist-keys+jwt";

/**
 * Verifies one link of the chain of key sets, or throws KeySetRefused: signed by a root of the one before (the first:
 * by the pinned root, which it lists), the next version, no lower epoch. Its `exp` is not judged: an old, expired set
 * still says which roots come next.
 */
export async function verifyKeySet(jws: string, link: KeySetLink): Promise<KeySetClaims> {
  const { kid, alg } = readHeader(jws, { what: "key set", typ, algs: link.algs }, (code, sentence) => {
    throw new KeySetRefused(code, sentence);
  });
  if (!link.before && kid !== link.root) untrusted(kid);
  const roots = link.before?.roots ?? readOwnRoots(jws);
  const root = await usableKey(await keysByThumbprint(roots), kid, alg);
  if (!root) return untrusted(kid);
  const claims = parseKeySetClaims(await verifySignature(jws, root, alg));
  checkClaims(claims, link);
  return claims;
}

/**
 * The first key set brings the key that the pin names. It is read before the signature is verified, and nothing but
 * the key with the pinned thumbprint is taken from it.
 */
function readOwnRoots(jws: string): KeySetClaims["roots"] {
  return parseKeySetClaims(Buffer.from(jws.split(".")[1] ?? "", "base64url")).roots;
}

async function verifySignature(jws: string, key: CryptoKey, alg: string): Promise<Uint8Array> {
  try {
    return (await compactVerify(jws, key, { algorithms: [alg] })).payload;
  } catch {
    throw new KeySetRefused("bad_signature", "The signature of the key set does not verify.");
  }
}

function checkClaims(claims: KeySetClaims, { iss, before, now }: KeySetLink): void {
  const { version, epoch } = claims;
  if (claims.iss !== iss) throw new KeySetRefused("wrong_iss", `The key set is issued by ${claims.iss}.`);
  if (claims.sub !== `${iss}/v1/keys`)
    throw new KeySetRefused("wrong_sub", `The sub of the key set is ${claims.sub}.`);
  const due = (before?.version ?? 0) + 1;
  if (version !== due)
    throw new KeySetRefused("wrong_version", `The key set is version ${version}; ${due} was asked for.`);
  if (before && epoch < before.epoch)
    throw new KeySetRefused(
      "epoch_lowered",
      `Key set ${version} is of epoch ${epoch}; ${before.epoch} was seen.`,
    );
  if (claims.iat >= now + skew)
    throw new KeySetRefused("issued_in_future", "The key set is issued in the future; check this clock.");
}

function untrusted(kid: string): never {
  throw new KeySetRefused("root_not_trusted", `The key set is signed by ${kid}, which is no root of ours.`);
}
