import type { Decision, Question } from "@rollcall/consumer";

/** What this server asks of the allowlist: a consumer of `@rollcall/consumer`, or a stand-in. */
export interface Allowlist {
  allowFetch(clientId: string): boolean | Promise<boolean>;
  decide(question: Question): Decision | Promise<Decision>;
}

/** What a client may have: its entry, or, for one that is admitted by a pattern, the namespace. */
export type Limits = NonNullable<Decision["entry"] | Decision["namespace"]>;

/** Whether a redirect URI that a document names may stand. A namespace names hosts: each request's URI is asked about. */
export function mayStand(limits: Limits, uri: string): boolean {
  return "pattern" in limits || limits.redirect_uris?.some((redirect) => redirect.uri === uri) === true;
}

export function methodsOf(limits: Limits): readonly (string | undefined)[] {
  return "pattern" in limits
    ? (limits.token_endpoint_auth_methods ?? [])
    : [limits.token_endpoint_auth_method];
}

/** Scopes every client may have: they name no resource. */
export const openIdScopes = ["openid", "profile", "email", "offline_access"];
