import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import type { JWK } from "jose";
import { calculateJwkThumbprint } from "jose";
import { formatNote, formatVerifierKey, noteKeyId } from "#lib/core/log/signedNote.ts";
import type { Kek } from "./loadKek.ts";
import type { Random } from "./Random.ts";
import { openPrivateJwk, sealPrivateJwk } from "./sealPrivateJwk.ts";

/** Stands in the sealed key's header, so that a key that signs heads is never taken for one that signs the log. */
export const logSigning = "log-signing";

export interface NewLogKey {
  /** RFC 7638 thumbprint. */
  readonly id: string;
  /** As verifiers write it: `origin+key id+key`. */
  readonly verifierKey: string;
  readonly sealed: string;
}

/** Signs texts as notes (C2SP signed-note) in the log's name. */
export interface NoteSigner {
  sign(text: string): string;
}

/** PKCS #8 of an Ed25519 key up to its 32 bytes (RFC 8410 §7). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Makes the Ed25519 key of a log, sealed under the KEK; the private key leaves this function only sealed. */
export async function createLogKey(kek: Kek, random: Random, origin: string): Promise<NewLogKey> {
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8, random(32)]),
    format: "der",
    type: "pkcs8",
  });
  const jwk = key.export({ format: "jwk" }) as JWK;
  return {
    id: await calculateJwkThumbprint(jwk),
    verifierKey: formatVerifierKey(origin, publicBytes(jwk)),
    sealed: await sealPrivateJwk(kek, jwk, random, logSigning),
  };
}

/** Opens a sealed log key. Every signature is verified before it is handed out. */
export async function openLogKey(kek: Kek, sealed: string, id: string, origin: string): Promise<NoteSigner> {
  const jwk = await openPrivateJwk(kek, sealed, id, logSigning);
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  const publicKey = createPublicKey(key);
  const keyId = noteKeyId(origin, publicBytes(jwk));
  return {
    sign(text) {
      const bytes = Buffer.from(text, "utf8");
      const signature = sign(null, bytes, key);
      if (!verify(null, bytes, publicKey, signature)) throw new Error("The log key made a bad signature.");
      return formatNote({ text, signatures: [{ name: origin, keyId, signature }] });
    },
  };
}

function publicBytes({ x }: JWK): Uint8Array {
  return new Uint8Array(Buffer.from(x ?? "", "base64url"));
}
