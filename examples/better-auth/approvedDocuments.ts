import { createHash } from "node:crypto";
import type { ClientMetadataResourceFetch } from "@better-auth/oauth-provider";
import { calculateJwkThumbprint, type JWK } from "jose";
import { mayStand, type Allowlist, type Limits } from "./Allowlist.ts";

/** Better Auth refuses larger documents itself. */
const limit = 5 * 1024;
const keySetLimit = 64 * 1024;

type Document = Record<string, unknown>;

/**
 * A transport that hands Better Auth of each document only what is approved, and nothing at all when the entry pins another
 * document. Key sets of approved clients lose the keys that are not approved; nothing else is fetched.
 */
export function approvedDocuments(
  fetch: ClientMetadataResourceFetch,
  allowlist: Allowlist,
): ClientMetadataResourceFetch {
  /** Who named a key set, so that it can be reduced to that client's keys. */
  const ownerOf = new Map<string, string>();

  async function approvedKeys(keys: readonly JWK[], limits: Limits): Promise<JWK[]> {
    const approved = "jkts" in limits ? (limits.jkts ?? []) : [];
    const kept: JWK[] = [];
    for (const key of keys)
      if (approved.length === 0 || approved.includes(await calculateJwkThumbprint(key))) kept.push(key);
    return kept;
  }

  async function keySet(url: string, owner: string, init?: RequestInit): Promise<Response> {
    const { entry, namespace, would } = await allowlist.decide({ client_id: owner });
    const limits = entry ?? namespace;
    const response = await fetch(url, init);
    if (response.status !== 200 || would !== undefined) return response;
    if (!limits) throw new Error(`${owner} is not approved.`);
    const { keys } = JSON.parse((await readSmall(response, keySetLimit)).toString()) as { keys: JWK[] };
    return json({ keys: await approvedKeys(keys, limits) }, response);
  }

  async function document(url: string, init?: RequestInit): Promise<Response> {
    const response = await fetch(url, init);
    if (response.status !== 200) return response;
    const bytes = await readSmall(response, limit);
    const parsed = JSON.parse(bytes.toString()) as Document;
    if (typeof parsed.jwks_uri === "string") ownerOf.set(parsed.jwks_uri, url);
    const document_sha256 = createHash("sha256").update(bytes).digest("base64url");
    let decided = await allowlist.decide({ client_id: url, document_sha256 });
    // Nobody looked at the document of a client that is admitted by a pattern: the list judges it, too.
    if (decided.namespace) decided = await allowlist.decide({ client_id: url, document: parsed });
    if (decided.decision === "deny") throw new Error(decided.sentence);
    const limits = decided.entry ?? decided.namespace;
    if (decided.would !== undefined || !limits) return json(parsed, response);
    const { jwks } = parsed as { jwks?: { keys: JWK[] } };
    const keys = jwks && { jwks: { keys: await approvedKeys(jwks.keys, limits) } };
    return json({ ...reduce(parsed, limits), ...keys }, response);
  }

  return async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    const owner = ownerOf.get(url);
    return owner === undefined ? document(url, init) : keySet(url, owner, init);
  };
}

function reduce(document: Document, limits: Limits): Document {
  const { redirect_uris, grant_types, scope: _left, ...rest } = document;
  return {
    ...rest,
    ...(Array.isArray(redirect_uris) && {
      redirect_uris: redirect_uris.filter((uri) => mayStand(limits, uri)),
    }),
    ...(Array.isArray(grant_types) && {
      grant_types: grant_types.filter((type) => limits.grant_types?.includes(type)),
    }),
  };
}

/** The answer with another body; freshness and validators stay. */
function json(value: unknown, { headers }: Response): Response {
  const kept = new Headers(headers);
  for (const name of ["content-length", "content-encoding", "transfer-encoding"]) kept.delete(name);
  return new Response(JSON.stringify(value), { headers: kept });
}

async function readSmall(response: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > most) throw new Error(`${response.url} is larger than ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
