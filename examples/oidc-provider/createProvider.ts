import Provider, { errors } from "oidc-provider";
import type { Allowlist } from "./Allowlist.ts";
import { documentFetch } from "./documentFetch.ts";
import { ignoreLoopbackPort, narrowClient, openIdScopes, type ProviderClient } from "./narrowClient.ts";
import { pinnedClients, type PinnedOptions } from "./pinnedClients.ts";
import { verifyingKey } from "./verifyingKey.ts";

export interface ProviderOptions {
  readonly issuer: string;
  readonly allowlist: Allowlist;
  /** Every scope of every resource this server issues tokens for. */
  readonly scopes: readonly string[];
  /** Fetches documents and key sets; default is the global fetch behind oidc-provider's own address check. */
  readonly fetch?: typeof globalThis.fetch;
  /** More of oidc-provider's own configuration: signing keys, adapter, interactions, accounts. */
  readonly configuration?: Record<string, unknown>;
  /** Clients are made of the list alone and no document is fetched. `adapter` stores everything but clients. */
  readonly pinned?: PinnedOptions & { readonly adapter: (model: string) => object };
}

/** An oidc-provider that knows a client only by its metadata document and admits what the allowlist admits. */
export function createProvider(options: ProviderOptions): Provider {
  const { allowlist, scopes } = options;
  const known = [...openIdScopes, ...scopes];
  const documents = documentFetch(options.fetch ?? globalThis.fetch, known);
  const { pinned } = options;
  const clients = pinned && pinnedClients(allowlist, known, options.fetch ?? globalThis.fetch, pinned);

  async function allowClient(ctx: any, client: ProviderClient) {
    const { redirect_uri, grant_type } = ctx?.oidc?.params ?? {};
    const decision = await allowlist.decide({
      client_id: client.clientId,
      redirect_uri,
      grant_type,
      token_endpoint_auth_method: client.tokenEndpointAuthMethod,
      document_sha256: documents.digestOf(client.clientId),
    });
    if (decision.decision === "deny")
      throw new errors.InvalidClient("client is not approved", decision.sentence);
    // `would` is there in report-only mode, which must not refuse anybody the document itself lets in.
    if (decision.would !== undefined) ignoreLoopbackPort(client);
    else if (decision.entry) narrowClient(client, decision.entry);
    return true;
  }

  async function getResourceServerInfo(ctx: any, resource: string, client: ProviderClient) {
    const requested: string[] = ctx.oidc.params.scope?.split(" ") ?? [];
    const asked = requested.filter((scope) => scopes.includes(scope));
    const decision = await allowlist.decide({ client_id: client.clientId, resource, scopes: asked });
    if (decision.decision === "deny") {
      if (decision.reasons.every((reason) => reason === "scope_not_approved"))
        throw new errors.InvalidScope("requested scope is not approved", asked.join(" "), decision.sentence);
      throw new errors.InvalidTarget("resource is not approved", decision.sentence);
    }
    const grants = decision.entry?.grants?.filter((grant) => grant.resource === resource) ?? [];
    const scope = (decision.would === undefined ? grants.flatMap((grant) => grant.scopes) : scopes).join(" ");
    return {
      scope,
      audience: resource,
      accessTokenFormat: "jwt",
      accessTokenTTL: 300,
      jwt: { sign: { alg: "ES256" } },
    };
  }

  async function assertApprovedKey(ctx: any, _claims: unknown, _header: unknown, client: ProviderClient) {
    const jkt = await verifyingKey(client.asymmetricKeyStore, ctx.oidc.params.client_assertion);
    const decision = await allowlist.decide({ client_id: client.clientId, jkt });
    if (decision.decision === "deny") throw new errors.InvalidClientAuth(decision.sentence);
  }

  return new Provider(options.issuer, {
    // RFC 7591 says client_secret_basic where a document is silent; a document cannot have a secret.
    clientDefaults: { token_endpoint_auth_method: "none", id_token_signed_response_alg: "ES256" },
    clientAuthMethods: ["none", "private_key_jwt"],
    scopes: known,
    pkce: { required: () => true },
    issueRefreshToken: (_ctx: unknown, client: ProviderClient) => client.grantTypes.includes("refresh_token"),
    assertJwtClientAuthClaimsAndHeader: assertApprovedKey,
    fetch: clients?.fetch ?? documents.fetch,
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo },
      clientIdMetadataDocument: {
        enabled: true,
        ack: "draft-02",
        // Enabled when pinned too, so that the server says it takes such a client_id; the adapter answers first.
        allowFetch: (_ctx: unknown, clientId: string) => !pinned && allowlist.allowFetch(clientId),
        allowClient,
      },
    },
    ...options.configuration,
    ...(clients && {
      adapter: (model: string) => (model === "Client" ? clients.adapter : pinned?.adapter(model)),
    }),
  });
}
