import { compactVerify, importJWK } from "jose";
import type { HeadClaims } from "#lib/core/allowlist/wire.ts";
import { headTyp } from "#lib/core/allowlist/wire.ts";
import type { Signer } from "./Signer.ts";

/** The limit of a head; a larger payload is never handed to jose (docs/allowlist.md §2). */
export const headMaxBytes = 64 * 1024;

/**
 * Signs a head: compact JWS whose protected header is exactly alg, kid and typ. The signature is verified
 * with jose before it is returned, so a faulty signer never publishes. Throws when larger than 64 KiB.
 */
export async function signHead(signer: Signer, claims: HeadClaims): Promise<string> {
  const header = base64Url(JSON.stringify({ alg: signer.alg, kid: signer.kid, typ: headTyp }));
  const input = `${header}.${base64Url(JSON.stringify(claims))}`;
  // 86 characters: base64url of the 64 signature bytes of both algorithms.
  const size = input.length + 1 + 86;
  if (size > headMaxBytes) throw new RangeError(`The head has ${size} bytes; the limit is ${headMaxBytes}.`);
  const signature = await signer.sign(new TextEncoder().encode(input));
  const head = `${input}.${Buffer.from(signature).toString("base64url")}`;
  await compactVerify(head, await importJWK(signer.publicJwk, signer.alg), { algorithms: [signer.alg] });
  return head;
}

function base64Url(text: string): string {
  return Buffer.from(text, "utf8").toString("base64url");
}
