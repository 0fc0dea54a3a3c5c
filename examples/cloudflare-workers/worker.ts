import {
  OAuthError,
  OAuthProvider,
  type TokenExchangeCallbackOptions,
} from "@cloudflare/workers-oauth-provider";
import { approvedScopes, askRoster } from "./askRoster.ts";
import { authorize } from "./authorize.ts";
import type { Env } from "./Env.ts";

export { Roster } from "./Roster.ts";

/** Second gate: every code and every refresh token. The provider does not say which key signed, so `jkt` is null. */
async function tokenExchangeCallback(exchange: TokenExchangeCallbackOptions<Env>) {
  const { clientId: client_id, grantType: grant_type, resource, requestedScope, env } = exchange;
  const decision = await askRoster(env, { client_id, grant_type, resource, jkt: null });
  if (decision.decision === "deny")
    throw new OAuthError("invalid_client", { description: "client is not approved" });
  return { accessTokenScope: approvedScopes(decision, resource, requestedScope) };
}

/** Third gate: every use of an access token. */
const apiHandler = {
  async fetch(_request: Request, env: Env, ctx: ExecutionContext) {
    const { userId, clientId } = ctx.props as Props;
    const decision = await askRoster(env, { client_id: clientId, resource: env.RESOURCE });
    if (decision.decision === "deny")
      return new Response("client is not approved\n", {
        status: 401,
        headers: { "www-authenticate": 'Bearer error="invalid_token"' },
      });
    return Response.json({ userId, clientId });
  },
};

/** First gate, in front of the provider's own endpoints. */
const defaultHandler = {
  fetch(request: Request, env: Env) {
    if (new URL(request.url).pathname === "/authorize") return authorize(request, env);
    return new Response("not found\n", { status: 404 });
  },
};

/** What `completeAuthorization` stored with the grant. */
interface Props {
  readonly userId: string;
  readonly clientId: string;
}

let provider: OAuthProvider<Env> | undefined;

/** Once per isolate: what it needs to know stands in the environment. */
function providerFor(env: Env): OAuthProvider<Env> {
  const { origin, pathname } = new URL(env.RESOURCE);
  provider ??= new OAuthProvider<Env>({
    apiRoute: pathname,
    apiHandler,
    defaultHandler,
    authorizeEndpoint: "/authorize",
    tokenEndpoint: "/token",
    scopesSupported: [...env.SCOPES.split(" "), "offline_access"],
    resourceMetadata: { resource: env.RESOURCE, authorization_servers: [origin] },
    clientIdMetadataDocumentEnabled: true,
    accessTokenTTL: 300,
    tokenExchangeCallback,
  });
  return provider;
}

export default {
  fetch: (request: Request, env: Env, ctx: ExecutionContext) => providerFor(env).fetch(request, env, ctx),
  /** Wakes the roster once a minute, so that it has a fresh list and Rollcall hears of it when nobody signs in. */
  scheduled: (_event: unknown, env: Env) => env.ROSTER.getByName("allowlist").refresh(),
};
