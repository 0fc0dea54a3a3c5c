import { createHash } from "node:crypto";

/** oidc-provider refuses documents of more than 5 KB itself, unless it is told otherwise (draft -03 §9.7 recommends that). */
const limit = 256 * 1024;

type Fetch = typeof globalThis.fetch;

/** The member that says which document a client was made of: base64url SHA-256 of the bytes that were served. */
export const documentDigest = "rollcall_document_sha256";

/**
 * A fetch for oidc-provider that helps documents as they are, and writes into each the digest of its bytes: a copy that
 * oidc-provider keeps is then judged by its own, not by that of what is served meanwhile. It leaves out of `scope` what this
 * server does not know: oidc-provider would refuse the whole client, and what it may have is the allowlist's to say. And a
 * document that names no method has `none`: RFC 7591 says client_secret_basic, but a document cannot have a secret.
 */
export function documentFetch(fetch: Fetch, knownScopes: readonly string[]): { readonly fetch: Fetch } {
  return {
    async fetch(url, init) {
      const response = await fetch(url, init);
      const asked = url instanceof Request ? url.url : url.toString();
      if (response.status !== 200) return response;
      // Not a clone of it: a clone that is left half-read never lets go.
      const bytes = await readSmall(response);
      const document = parse(bytes);
      if (!document || !isSameUrl(document.client_id, asked))
        return new Response(new Uint8Array(bytes), { headers: withoutCoding(response.headers) });
      const scopes = typeof document.scope === "string" ? document.scope.split(" ") : [];
      const scope = scopes.filter((each) => knownScopes.includes(each)).join(" ") || undefined;
      const cacheControl = response.headers.get("cache-control");
      const headers: Record<string, string> = cacheControl === null ? {} : { "cache-control": cacheControl };
      const digest = createHash("sha256").update(bytes).digest("base64url");
      const helped = { token_endpoint_auth_method: "none", ...document, scope, [documentDigest]: digest };
      return new Response(JSON.stringify(helped), { headers });
    },
  };
}

/** Headers of a body that was decoded already. */
function withoutCoding(given: Headers): Headers {
  const headers = new Headers(given);
  for (const name of ["content-length", "content-encoding", "transfer-encoding"]) headers.delete(name);
  return headers;
}

/** oidc-provider compares the client_id as it was written; what is asked may be written otherwise. */
function isSameUrl(clientId: unknown, asked: string): boolean {
  return (
    typeof clientId === "string" &&
    (clientId === asked || URL.parse(clientId)?.href === URL.parse(asked)?.href)
  );
}

async function readSmall(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limit) throw new Error(`${response.url} is larger than ${limit} bytes.`);
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
