import { createHash } from "node:crypto";

/** oidc-provider refuses larger documents itself (draft -03 §9.7 recommends 5 KB). */
const limit = 5 * 1024;

/** Digests kept, of the clients met last: oidc-provider keeps 100 documents. */
const most = 1_000;

type Fetch = typeof globalThis.fetch;

export interface DocumentFetch {
  readonly fetch: Fetch;
  /** base64url SHA-256 of what a client_id last served, for entries that pin a document (`doc_sha256`). */
  digestOf(clientId: string): string | undefined;
}

/**
 * A fetch for oidc-provider that remembers digests, and helps documents as they are. It leaves out of `scope` what this
 * server does not know: oidc-provider would refuse the whole client, and what it may have is the allowlist's to say. And a
 * document that names no method has `none`: RFC 7591 says client_secret_basic, but a document cannot have a secret.
 */
export function documentFetch(fetch: Fetch, knownScopes: readonly string[]): DocumentFetch {
  const digests = new Map<string, string>();
  const keep = (clientId: string, digest: string) => {
    digests.delete(clientId);
    digests.set(clientId, digest);
    if (digests.size > most) digests.delete(digests.keys().next().value!);
  };
  return {
    digestOf(clientId) {
      const digest = digests.get(clientId);
      if (digest !== undefined) keep(clientId, digest);
      return digest;
    },
    async fetch(url, init) {
      const response = await fetch(url, init);
      const asked = url instanceof Request ? url.url : url.toString();
      const bytes = response.status === 200 ? await readSmall(response.clone()) : undefined;
      const document = bytes && parse(bytes);
      if (!bytes || document?.client_id !== asked) return response;
      keep(asked, createHash("sha256").update(bytes).digest("base64url"));
      const scopes = typeof document.scope === "string" ? document.scope.split(" ") : [];
      const scope = scopes.filter((each) => knownScopes.includes(each)).join(" ") || undefined;
      const cacheControl = response.headers.get("cache-control");
      const headers: Record<string, string> = cacheControl === null ? {} : { "cache-control": cacheControl };
      const helped = { token_endpoint_auth_method: "none", ...document, scope };
      return new Response(JSON.stringify(helped), { headers });
    },
  };
}

async function readSmall(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
