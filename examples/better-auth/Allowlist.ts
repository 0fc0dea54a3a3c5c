import { admitsRedirect, type Decision, type Question } from "@rollcall/consumer";

/** What this server asks of the allowlist: a consumer of `@rollcall/consumer`, or a stand-in. */
export interface Allowlist {
  allowFetch(clientId: string): boolean | Promise<boolean>;
  decide(question: Question): Decision | Promise<Decision>;
}

/** What a client may have: its entry, or, for one that is admitted by a pattern, the namespace. */
export type Limits = NonNullable<Decision["entry"] | Decision["namespace"]>;

/** Whether a redirect URI that a document names may stand. */
export function mayStand(limits: Limits, uri: string): boolean {
  return "pattern" in limits
    ? admitsRedirect(limits, uri)
    : limits.redirect_uris?.some((redirect) => redirect.uri === uri) === true;
}

export function methodsOf(limits: Limits): readonly (string | undefined)[] {
  return "pattern" in limits
    ? (limits.token_endpoint_auth_methods ?? [])
    : [limits.token_endpoint_auth_method];
}

/** Scopes every client may have: they name no resource. */
export const openIdScopes = ["openid", "profile", "email", "offline_access"];

/** Parameters of a request, as Better Auth hands them on. */
export interface Asked {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * What the request says about a client: parameters of the authorization request in the query, of the token request in the
 * body, which need not name the client when an assertion does.
 */
export function questionOf({ query, body }: Asked, clientId: string): Question {
  const sources = [
    query?.client_id === clientId ? query : {},
    body && (body.client_id === clientId || typeof body.grant_type === "string") ? body : {},
  ];
  const text = (name: string) =>
    sources.map((source) => source[name]).find((each) => typeof each === "string");
  const resource = sources
    .flatMap((source) => source.resource ?? [])
    .filter((each) => typeof each === "string");
  const [redirect_uri, grant_type] = [text("redirect_uri"), text("grant_type")];
  return {
    client_id: clientId,
    ...(typeof redirect_uri === "string" ? { redirect_uri } : {}),
    ...(typeof grant_type === "string" ? { grant_type } : {}),
    ...(resource.length === 0 ? {} : { resource }),
  };
}

/** Scopes that are approved for the resources of a question; for any when it names none. */
export function scopesOf({ grants = [] }: Limits, { resource }: Question): string[] {
  const asked = resource === undefined ? undefined : [resource].flat();
  return grants.flatMap((grant) => (!asked || asked.includes(grant.resource) ? grant.scopes : []));
}
