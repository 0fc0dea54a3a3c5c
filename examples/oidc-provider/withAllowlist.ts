import type { Question } from "@rollcall/consumer";
import { errors } from "oidc-provider";
import type { Allowlist } from "./Allowlist.ts";
import { documentDigest, documentFetch } from "./documentFetch.ts";
import { ignoreLoopbackPort, narrowClient, openIdScopes, type ProviderClient } from "./narrowClient.ts";
import { pinnedClients, withPinnedClients, type PinnedOptions } from "./pinnedClients.ts";
import { verifyingKey } from "./verifyingKey.ts";

/** oidc-provider's own configuration; only what is added to is named here. */
export interface Configuration {
  readonly adapter?: unknown;
  readonly features?: Readonly<Record<string, any>>;
  readonly scopes?: readonly string[];
  readonly fetch?: typeof globalThis.fetch;
  readonly [setting: string]: any;
}

export interface AllowlistOptions {
  readonly allowlist: Allowlist;
  /** Every scope of every resource this server issues tokens for. */
  readonly scopes: readonly string[];
  /** Clients are made of the list alone and no document is fetched. Needs a configuration with an `adapter`. */
  readonly pinned?: PinnedOptions;
}

const ownToken = { accessTokenFormat: "jwt", accessTokenTTL: 300, jwt: { sign: { alg: "ES256" } } };

/**
 * A configuration of oidc-provider 9.13 in which a client whose client_id is a URL is admitted exactly as the allowlist
 * says. Clients that are registered in any other way, and everything else, stay as `configuration` has them.
 */
export function withAllowlist(configuration: Configuration, options: AllowlistOptions): Configuration {
  const { allowlist, scopes, pinned } = options;
  const known = [...new Set([...openIdScopes, ...(configuration.scopes ?? []), ...scopes])];
  const documents = documentFetch(configuration.fetch ?? globalThis.fetch, known);
  const clients = pinned && pinnedClients(allowlist, known, configuration.fetch ?? globalThis.fetch, pinned);
  const extra = configuration.extraClientMetadata;
  const ownResource = configuration.features?.resourceIndicators?.getResourceServerInfo;
  if (configuration.features?.pushedAuthorizationRequests?.allowUnregisteredRedirectUris)
    throw new TypeError(
      "Leave out pushedAuthorizationRequests.allowUnregisteredRedirectUris: with it, pushed requests bring redirect URIs that nobody approved.",
    );

  async function allowFetch(_ctx: unknown, clientId: string) {
    // Enabled when pinned too, so that the server says it takes such a client_id; the adapter answers first.
    if (pinned) return false;
    const decision = await allowlist.decide({ client_id: clientId });
    if (decision.decision === "deny")
      throw new errors.InvalidClient("client is not approved", decision.sentence);
    return true;
  }

  async function allowClient(ctx: any, client: ProviderClient) {
    const { redirect_uri, grant_type } = ctx?.oidc?.params ?? {};
    const digest = client.metadata()[documentDigest];
    const question: Question = {
      client_id: client.clientId,
      redirect_uri,
      grant_type,
      token_endpoint_auth_method: client.tokenEndpointAuthMethod,
      // What cannot be told is no approved document.
      document_sha256: typeof digest === "string" ? digest : "",
    };
    let decision = await allowlist.decide(question);
    // Nobody looked at the document of a client that is admitted by a pattern: the list judges it, too.
    if (decision.namespace) decision = await allowlist.decide({ ...question, document: client.metadata() });
    if (decision.decision === "deny")
      throw new errors.InvalidClient("client is not approved", decision.sentence);
    // `would` is there in report-only mode, which must not refuse anybody the document itself lets in.
    if (decision.would !== undefined) ignoreLoopbackPort(client);
    else narrowClient(client, decision);
    return true;
  }

  async function getResourceServerInfo(ctx: any, resource: string, client: ProviderClient) {
    const own = await ownResource?.(ctx, resource, client);
    if (!isUrl(client.clientId)) {
      if (!own) throw new errors.InvalidTarget("there are no resources for registered clients");
      return own;
    }
    const info = own ?? { ...ownToken, audience: resource, scope: scopes.join(" ") };
    const offered: string[] = info.scope?.split(" ") ?? [];
    const requested: string[] = ctx.oidc.params.scope?.split(" ") ?? [];
    const asked = requested.filter((scope) => scopes.includes(scope));
    const decision = await allowlist.decide({ client_id: client.clientId, resource, scopes: asked });
    if (decision.decision === "deny") {
      if (decision.reasons.every((reason) => reason === "scope_not_approved"))
        throw new errors.InvalidScope("requested scope is not approved", asked.join(" "), decision.sentence);
      throw new errors.InvalidTarget("resource is not approved", decision.sentence);
    }
    if (decision.would !== undefined) return info;
    const { grants = [] } = decision.entry ?? decision.namespace ?? {};
    const approved = grants.flatMap((grant) => (grant.resource === resource ? grant.scopes : []));
    return { ...info, scope: offered.filter((scope) => approved.includes(scope)).join(" ") };
  }

  async function assertApprovedKey(ctx: any, claims: unknown, header: unknown, client: ProviderClient) {
    await configuration.assertJwtClientAuthClaimsAndHeader?.(ctx, claims, header, client);
    if (!isUrl(client.clientId)) return;
    const jkt = await verifyingKey(client.asymmetricKeyStore, ctx.oidc.params.client_assertion);
    const decision = await allowlist.decide({ client_id: client.clientId, jkt });
    if (decision.decision === "deny") throw new errors.InvalidClientAuth(decision.sentence);
  }

  return {
    clientAuthMethods: ["none", "private_key_jwt"],
    pkce: { required: () => true },
    issueRefreshToken: (_ctx: unknown, client: ProviderClient) => client.grantTypes.includes("refresh_token"),
    ...configuration,
    scopes: known,
    fetch: clients?.fetch ?? documents.fetch,
    extraClientMetadata: {
      ...extra,
      properties: [...(extra?.properties ?? []), documentDigest],
      validator: (ctx: unknown, key: string, value: unknown, metadata: unknown) =>
        key === documentDigest ? undefined : extra?.validator?.(ctx, key, value, metadata),
    },
    assertJwtClientAuthClaimsAndHeader: assertApprovedKey,
    features: {
      ...configuration.features,
      resourceIndicators: {
        ...configuration.features?.resourceIndicators,
        enabled: true,
        getResourceServerInfo,
      },
      clientIdMetadataDocument: {
        enabled: true,
        ack: "draft-02",
        allowFetch,
        allowClient,
      },
    },
    ...(clients && { adapter: withPinnedClients(configuration.adapter, clients) }),
  };
}

/** A client_id that names a document; the others were registered here. */
function isUrl(clientId: string): boolean {
  return /^https:\/\//i.test(clientId);
}
