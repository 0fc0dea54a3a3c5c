import { createHash } from "node:crypto";
import type { ClientMetadataResourceFetch } from "@better-auth/oauth-provider";
import { calculateJwkThumbprint, type JWK } from "jose";
import { mayStand, type Allowlist, type Limits } from "./Allowlist.ts";

/** Better Auth refuses larger documents itself. */
const limit = 5 * 1024;
const keySetLimit = 64 * 1024;
/** Clients whose key sets are known, those met last: Better Auth keeps 1000 documents. */
const most = 10_000;

type Document = Record<string, unknown>;

/**
 * A transport that hands Better Auth of each document only what is approved, and nothing at all when the entry pins another
 * document. Key sets of approved clients lose the keys that are not approved; nothing else is fetched.
 */
export function approvedDocuments(
  fetch: ClientMetadataResourceFetch,
  allowlist: Allowlist,
): ClientMetadataResourceFetch {
  /** The key set each approved client names. */
  const keySetOf = new Map<string, string>();

  function keep(clientId: string, keySet: string): void {
    keySetOf.delete(clientId);
    keySetOf.set(clientId, keySet);
    if (keySetOf.size > most) keySetOf.delete(keySetOf.keys().next().value!);
  }

  /** Whose keys are at this URL: clients of its own origin, if there are any, for anybody can name it. */
  function ownersOf(keySet: string): string[] {
    const naming = [...keySetOf].flatMap(([clientId, named]) => (named === keySet ? clientId : []));
    const { origin } = new URL(keySet);
    const own = naming.filter((clientId) => new URL(clientId).origin === origin);
    return own.length > 0 ? own : naming;
  }

  async function approvedKeys(keys: readonly JWK[], limits: Limits): Promise<JWK[]> {
    const approved = "jkts" in limits ? (limits.jkts ?? []) : [];
    const kept: JWK[] = [];
    for (const key of keys)
      if (approved.length === 0 || approved.includes(await calculateJwkThumbprint(key))) kept.push(key);
    return kept;
  }

  /** Better Auth keeps one copy for all who name it: a key must be approved for each of them. */
  async function keySet(owners: readonly string[], parsed: Document, response: Response): Promise<Response> {
    let { keys } = parsed as { keys: JWK[] };
    let isApproved = false;
    for (const client_id of owners) {
      const { entry, namespace, would } = await allowlist.decide({ client_id });
      if (would !== undefined) return json(parsed, response);
      const limits = entry ?? namespace;
      if (!limits) continue;
      isApproved = true;
      keys = await approvedKeys(keys, limits);
    }
    if (!isApproved) throw new Error(`${owners.join(" ")} is not approved.`);
    return json({ keys }, response);
  }

  async function document(url: string, bytes: Buffer, parsed: Document, response: Response) {
    keySetOf.delete(url);
    const document_sha256 = createHash("sha256").update(bytes).digest("base64url");
    let decided = await allowlist.decide({ client_id: url, document_sha256 });
    // Nobody looked at the document of a client that is admitted by a pattern: the list judges it, too.
    if (decided.namespace) decided = await allowlist.decide({ client_id: url, document: parsed });
    if (decided.decision === "deny") throw new Error(decided.sentence);
    if (typeof parsed.jwks_uri === "string") keep(url, parsed.jwks_uri);
    const limits = decided.entry ?? decided.namespace;
    if (decided.would !== undefined || !limits) return json(parsed, response);
    const { jwks } = parsed as { jwks?: { keys: JWK[] } };
    const keys = jwks && { jwks: { keys: await approvedKeys(jwks.keys, limits) } };
    return json({ ...reduce(parsed, limits), ...keys }, response);
  }

  return async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    const response = await fetch(url, init);
    if (response.status !== 200) return response;
    const owners = ownersOf(url);
    const bytes = await readSmall(response, owners.length > 0 ? keySetLimit : limit);
    const parsed = JSON.parse(bytes.toString()) as Document;
    // What is a document for itself stays one, whoever calls it a key set.
    if (owners.length > 0 && parsed.client_id !== url) return keySet(owners, parsed, response);
    if (bytes.length > limit) throw new Error(`${url} is larger than ${limit} bytes.`);
    return document(url, bytes, parsed, response);
  };
}

function reduce(document: Document, limits: Limits): Document {
  const { redirect_uris, grant_types, scope: _left, keys: _keys, ...rest } = document;
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
