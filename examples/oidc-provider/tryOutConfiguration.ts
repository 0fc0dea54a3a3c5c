import { generateKeyPairSync, randomBytes } from "node:crypto";
import MemoryAdapter from "oidc-provider/lib/adapters/memory_adapter.js";
import type { Configuration } from "./withAllowlist.ts";

/** What oidc-provider needs besides the allowlist. Keys and sessions live in memory: replace all of it for real use. */
export function tryOutConfiguration(): Configuration {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "ES256", use: "sig" }] },
    cookies: { keys: [randomBytes(32).toString("base64url")] },
    interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    adapter: MemoryAdapter,
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true },
      revocation: { enabled: true },
    },
    findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    ttl: {
      AccessToken: 300,
      Grant: 86_400,
      IdToken: 300,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 86_400,
    },
  };
}
