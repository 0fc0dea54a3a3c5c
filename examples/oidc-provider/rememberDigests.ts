import { createHash } from "node:crypto";

/** oidc-provider refuses larger documents itself (draft §5.3 recommends 5 KB). */
const limit = 5 * 1024;

type Fetch = typeof globalThis.fetch;

/** A fetch that remembers the SHA-256 of what each URL last served, for entries that pin a document (`doc_sha256`). */
export function rememberDigests(fetch: Fetch): { fetch: Fetch; digestOf(url: string): string | undefined } {
  const digests = new Map<string, string>();
  return {
    digestOf: (url) => digests.get(url),
    async fetch(url, init) {
      const response = await fetch(url, init);
      digests.delete(String(url));
      const bytes = response.status === 200 ? await readSmall(response.clone()) : undefined;
      if (bytes) digests.set(String(url), createHash("sha256").update(bytes).digest("base64url"));
      return response;
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
