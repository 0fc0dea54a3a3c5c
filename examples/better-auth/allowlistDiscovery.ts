import type { Question } from "@rollcall/consumer";
import { createCimdClientDiscovery } from "@better-auth/cimd";
import type { ClientDiscovery, ClientMetadataResourceFetch } from "@better-auth/oauth-provider";
import { APIError } from "better-call";
import {
  mayStand,
  methodsOf,
  openIdScopes,
  questionOf,
  scopesOf,
  type Allowlist,
  type Limits,
} from "./Allowlist.ts";
import { approvedDocuments } from "./approvedDocuments.ts";

type Resolve = ClientDiscovery["resolve"];
type EndpointContext = Parameters<Resolve>[0];
/** A row of the table `oauthClient`. */
type StoredClient = NonNullable<Awaited<ReturnType<Resolve>>>;

export interface AllowlistDiscoveryOptions {
  readonly allowlist: Allowlist;
  /** `fetchClientMetadataResource` of `@better-auth/cimd/node`: it resolves once, pins the address, refuses private ones. */
  readonly fetch: ClientMetadataResourceFetch;
  /** Why somebody was refused, for the log; the client is not told. */
  readonly onRefused?: (clientId: string, sentence: string) => void;
  /** Whether to promise that metadata documents are taken. Default: always. */
  readonly announce?: () => boolean;
}

/**
 * Discovery of clients by metadata document, as the allowlist has it: for `oauthProvider({ extensions: [{ clientDiscovery }] })`,
 * in the place of the plugin `cimd()`.
 *
 * The plugin's own gate is asked before a document is fetched, and not again while the document is fresh, an hour long.
 * A discovery is asked whenever Better Auth looks a client up: authorize, consent, token, refresh, introspection, userinfo.
 * So a client that left the list is disabled from the next request on, and what it may do is narrowed each time.
 */
export function allowlistDiscovery(options: AllowlistDiscoveryOptions): ClientDiscovery {
  const { allowlist } = options;
  const discovery = createCimdClientDiscovery({
    fetchClientMetadataResource: approvedDocuments(options.fetch, allowlist),
    isMetadataDocumentUrlAllowed: (clientId) => allowlist.allowFetch(clientId),
  });

  async function resolve(ctx: EndpointContext, clientId: string, existing: StoredClient | null) {
    const question = questionOf(ctx, clientId);
    const decision = await allowlist.decide(question);
    if (decision.decision === "deny") {
      options.onRefused?.(clientId, decision.sentence);
      // Only what is handed out is disabled. The row stays as the operator left it, and works again when the list says so.
      if (existing) return { ...existing, disabled: true };
      throw new APIError("BAD_REQUEST", {
        error: "invalid_client",
        error_description: "client is not approved",
      });
    }
    const client = await discovery.resolve(ctx, clientId, existing);
    // `would` is there in report-only mode, which must not refuse anybody the document itself lets in.
    const limits = decision.entry ?? decision.namespace;
    return client && limits && decision.would === undefined ? narrow(client, limits, question) : client;
  }

  return {
    ...discovery,
    resolve,
    get discoveryMetadata() {
      return (options.announce?.() ?? true) ? discovery.discoveryMetadata : {};
    },
  };
}

/** Leaves of what the document says only what is approved. Never adds anything. */
function narrow(client: StoredClient, limits: Limits, question: Question): StoredClient {
  const scopes = new Set([...openIdScopes, ...scopesOf(limits, question)]);
  return {
    ...client,
    redirectUris: client.redirectUris?.filter((uri) => mayStand(limits, uri)),
    scopes: client.scopes?.filter((scope) => scopes.has(scope)) ?? [...scopes],
    grantTypes: client.grantTypes?.filter((type) => limits.grant_types?.includes(type)),
    disabled: client.disabled || !methodsOf(limits).includes(client.tokenEndpointAuthMethod),
  };
}
