import { createHash } from "node:crypto";
import type { Decision, Question } from "@rollcall/consumer";
import Provider, { errors } from "oidc-provider";
import type { Allowlist } from "./Allowlist.ts";
import { openIdScopes } from "./narrowClient.ts";

type Entry = NonNullable<Decision["entry"]>;
type ClientMetadata = Record<string, unknown>;
type Fetch = typeof globalThis.fetch;

export interface PinnedOptions {
  /**
   * The bytes of the document that was approved for a client_id, from wherever they are kept. Used when their digest is
   * in the entry (`doc_sha256`), for the name on the consent page and for the keys of `private_key_jwt`. Without it a
   * client has the name of its URL, and one that authenticates with a key is refused.
   */
  readonly documentOf?: (clientId: string) => Promise<Uint8Array | undefined>;
}

export interface PinnedClients {
  /** What a client_id that is a URL stands for. Throws `invalid_client` for one that is not approved. */
  find(clientId: string): Promise<ClientMetadata>;
  /** Lets through the `jwks_uri` of approved documents and nothing else. */
  readonly fetch: Fetch;
}

interface Adapter {
  find(id: string): Promise<unknown>;
}
type MakeAdapter = (model: string) => Adapter;
type AdapterClass = new (model: string) => Adapter;

/** Clients made of their entries alone: nothing a client_id serves is ever fetched, so nothing it serves matters. */
export function pinnedClients(
  allowlist: Allowlist,
  knownScopes: readonly string[],
  fetch: Fetch,
  options: PinnedOptions,
): PinnedClients {
  const keySets = new Set<string>();

  async function approvedDocument(clientId: string, entry: Entry): Promise<ClientMetadata> {
    const bytes = await options.documentOf?.(clientId);
    const digest = bytes && createHash("sha256").update(bytes).digest("base64url");
    if (!bytes || !entry.doc_sha256?.includes(digest!)) return {};
    return JSON.parse(new TextDecoder().decode(bytes)) as ClientMetadata;
  }

  async function find(clientId: string): Promise<ClientMetadata> {
    const decision = await allowlist.decide(questionOf(clientId));
    if (decision.decision === "deny" || !decision.entry)
      throw new errors.InvalidClient("client is not approved", decision.sentence);
    const document = await approvedDocument(clientId, decision.entry);
    if (typeof document.jwks_uri === "string") keySets.add(document.jwks_uri);
    return { ...metadataOf(clientId, decision.entry, document), scope: scopeOf(decision.entry, knownScopes) };
  }

  return {
    find,
    async fetch(url, init) {
      const asked = url instanceof Request ? url.url : url.toString();
      if (!keySets.has(asked)) throw new Error(`${asked} is not fetched: clients are pinned.`);
      return fetch(url, init);
    },
  };
}

/** An adapter of oidc-provider, class or function, that answers for pinned clients and is itself for all else. */
export function withPinnedClients(own: unknown, clients: PinnedClients): MakeAdapter {
  if (typeof own !== "function")
    throw new TypeError("Pinned clients need a configuration with an adapter: it stores everything else.");
  const make: MakeAdapter = own.prototype
    ? (model) => new (own as AdapterClass)(model)
    : (own as MakeAdapter);
  return (model) => {
    const adapter = make(model);
    if (model !== "Client") return adapter;
    return { find: (id) => (/^https:\/\//i.test(id) ? clients.find(id) : adapter.find(id)) };
  };
}

/** The adapter is asked during a request, whose parameters narrow the question. */
function questionOf(clientId: string): Question {
  const { redirect_uri, grant_type } = Provider.ctx?.oidc?.params ?? {};
  return { client_id: clientId, redirect_uri, grant_type };
}

function metadataOf(clientId: string, entry: Entry, document: ClientMetadata): ClientMetadata {
  const grant_types = entry.grant_types ?? [];
  const redirects = entry.redirect_uris ?? [];
  const { client_name, jwks, jwks_uri } = document;
  return {
    client_id: clientId,
    client_name,
    redirect_uris: redirects.map((redirect) => redirect.uri),
    // RFC 8252 §7.3: only native clients may use any port.
    application_type: redirects.some(({ match }) => match === "loopback_any_port") ? "native" : "web",
    grant_types,
    response_types: grant_types.includes("authorization_code") ? ["code"] : [],
    token_endpoint_auth_method: entry.token_endpoint_auth_method,
    ...(entry.token_endpoint_auth_method === "private_key_jwt" && { jwks, jwks_uri }),
  };
}

/** oidc-provider refuses a whole client for one scope it does not know. */
function scopeOf(entry: Entry, knownScopes: readonly string[]): string {
  const approved = [...openIdScopes, ...(entry.grants ?? []).flatMap((grant) => grant.scopes)];
  return approved.filter((scope) => knownScopes.includes(scope)).join(" ");
}
