import { createHash } from "node:crypto";

/** oidc-provider refuses larger documents itself (draft -03 §9.7 recommends 5 KB). */
const limit = 5 * 1024;

type Fetch = typeof globalThis.fetch;

export interface DocumentFetch {
  readonly fetch: Fetch;
  /** base64url SHA-256 of what a client_id last served, for entries that pin a document (`doc_sha256`). */
  digestOf(clientId: string): string | undefined;
}

/**
 * A fetch for oidc-provider that remembers digests, and leaves out of a document's `scope` what this server does not know:
 * oidc-provider would refuse the whole client, and what it may have is the allowlist's to say.
 */
export function documentFetch(fetch: Fetch, knownScopes: readonly string[]): DocumentFetch {
  const digests = new Map<string, string>();
  return {
    digestOf: (clientId) => digests.get(clientId),
    async fetch(url, init) {
      const response = await fetch(url, init);
      const asked = url instanceof Request ? url.url : url.toString();
      const bytes = response.status === 200 ? await readSmall(response.clone()) : undefined;
      const document = bytes && parse(bytes);
      if (!bytes || document?.client_id !== asked) return response;
      digests.set(asked, createHash("sha256").update(bytes).digest("base64url"));
      if (typeof document.scope !== "string") return response;
      const scope = document.scope
        .split(" ")
        .filter((each) => knownScopes.includes(each))
        .join(" ");
      const cacheControl = response.headers.get("cache-control");
      const headers: Record<string, string> = cacheControl === null ? {} : { "cache-control": cacheControl };
      return new Response(JSON.stringify({ ...document, scope: scope || undefined }), { headers });
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
