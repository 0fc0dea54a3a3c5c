import { createHash, createPublicKey } from "node:crypto";
import type { PublicJwk } from "#lib/core/allowlist/wire.ts";
import { externalKeyName } from "#lib/core/externalKeyName.ts";
import { readPublicJwk } from "#lib/core/rootKeySet/readPublicJwk.ts";
import { derToJose } from "./derToJose.ts";
import type { Signer } from "./Signer.ts";

/** Posts and brings the answer's body: through the guard, which the context gives. */
export type Ask = (posting: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}) => Promise<{
  readonly outcome: "answered" | "failed" | "refused";
  readonly sentence: string;
  readonly status?: number;
  readonly body?: string;
}>;

export interface ExternalService {
  /** Base URL: `POST {url}/keys/{name}/sign` and `/public-key`. */
  readonly url: string;
  readonly token?: string;
  readonly ask: Ask;
}

export interface ExternalSigners {
  /** The public key that the service has under this name. */
  publicKey(name: string): Promise<PublicJwk>;
  /** A signer whose private key stays where it is. */
  signer(name: string, publicJwk: PublicJwk): Signer;
}

/**
 * Keys that a signing service holds, in the shape of the big key services: it is sent the SHA-256 of what is signed, never
 * the text, and returns an ECDSA signature in DER. Every way it can fail is an Error with a sentence for the operator.
 */
export function externalSigners(service: ExternalService): ExternalSigners {
  return {
    async publicKey(name) {
      const answer = await call(service, name, "public-key", {});
      return readSpki(name, answer["public_key"]);
    },
    signer: (name, publicJwk) => ({
      kid: publicJwk.kid,
      alg: "ES256",
      publicJwk: { ...publicJwk },
      async sign(input) {
        const digest = createHash("sha256").update(input).digest("base64");
        const answer = await call(service, name, "sign", {
          digest,
          message_type: "DIGEST",
          signing_algorithm: "ECDSA_SHA_256",
        });
        const der = base64(answer["signature"]);
        if (!der) throw new Error(`The signing service's answer for ${name} holds no base64 signature.`);
        try {
          return derToJose(der);
        } catch (cause) {
          throw new Error(
            `The signing service's answer for ${name} is refused. ${(cause as Error).message}`,
            {
              cause,
            },
          );
        }
      },
    }),
  };
}

async function call(
  { url, token, ask }: ExternalService,
  name: string,
  verb: "sign" | "public-key",
  body: object,
): Promise<Record<string, unknown>> {
  if (!externalKeyName.test(name)) throw new Error(`${name} cannot be the name of an external key.`);
  const answer = await ask({
    url: `${url}/keys/${name}/${verb}`,
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (answer.outcome !== "answered")
    throw new Error(`The signing service could not be asked for ${name}. ${answer.sentence}`);
  if (answer.status === 401 || answer.status === 403)
    throw new Error(
      `The signing service refuses Rollcall's token for ${name} (${answer.status}). Check ROLLCALL_SIGNER_TOKEN.`,
    );
  if (answer.status === 404) throw new Error(`The signing service has no key called ${name} (404).`);
  if (answer.status !== 200)
    throw new Error(`The signing service answered ${answer.status} when asked for ${name}.`);
  try {
    const value: unknown = JSON.parse(answer.body ?? "");
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new Error(`The signing service's answer for ${name} is not a JSON object.`);
}

/** SubjectPublicKeyInfo, as base64 of DER or as PEM. */
function readSpki(name: string, value: unknown): PublicJwk {
  const pem = typeof value === "string" && value.includes("-----BEGIN PUBLIC KEY-----");
  const der = pem ? undefined : base64(value);
  let jwk: unknown;
  try {
    const key = pem
      ? createPublicKey(value)
      : createPublicKey({ key: Buffer.from(der ?? []), format: "der", type: "spki" });
    jwk = key.export({ format: "jwk" });
  } catch (cause) {
    throw new Error(`The signing service's public key of ${name} cannot be read.`, { cause });
  }
  const read = readPublicJwk(jwk);
  if (!read.ok) throw new Error(`The signing service's key ${name} cannot sign lists. ${read.sentence}`);
  return read.jwk;
}

function base64(value: unknown): Uint8Array | undefined {
  return typeof value === "string" && /^[A-Za-z0-9+/]+={0,2}$/.test(value)
    ? new Uint8Array(Buffer.from(value, "base64"))
    : undefined;
}
