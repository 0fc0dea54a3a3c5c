import { compactVerify, importJWK } from "jose";
import type { Signer } from "./Signer.ts";

/** The limit of a head and of a key set; a larger payload is never handed to jose (docs/allowlist.md §2). */
export const signedMaxBytes = 64 * 1024;

/**
 * A compact JWS whose protected header is exactly alg, kid and typ. The signature is verified with jose before it is
 * returned, so a faulty signer never publishes. Throws when larger than 64 KiB.
 */
export async function signCompact(signer: Signer, claims: object, typ: string): Promise<string> {
  const header = base64Url(JSON.stringify({ alg: signer.alg, kid: signer.kid, typ }));
  const input = `${header}.${base64Url(JSON.stringify(claims))}`;
  // 86 characters: base64url of the 64 signature bytes of both algorithms.
  const size = input.length + 1 + 86;
  if (size > signedMaxBytes)
    throw new RangeError(`What is to be signed has ${size} bytes; the limit is ${signedMaxBytes}.`);
  const signature = await signer.sign(new TextEncoder().encode(input));
  const jws = `${input}.${Buffer.from(signature).toString("base64url")}`;
  try {
    await compactVerify(jws, await importJWK(signer.publicJwk, signer.alg), { algorithms: [signer.alg] });
  } catch (cause) {
    throw new Error(
      `The signer's answer does not verify with the public key ${signer.kid}: it signs with another key, or not what it was asked to. Nothing is published with it.`,
      { cause },
    );
  }
  return jws;
}

function base64Url(text: string): string {
  return Buffer.from(text, "utf8").toString("base64url");
}
