import { admitsRedirect, type Decision } from "@rollcall/consumer";
import type { JWK } from "jose";

/** The members of an oidc-provider client that this example reads or narrows. */
export interface ProviderClient {
  readonly clientId: string;
  readonly tokenEndpointAuthMethod: string;
  readonly asymmetricKeyStore: Iterable<JWK>;
  redirectUris: string[];
  grantTypes: string[];
  responseTypes: string[];
  scope?: string;
  applicationType: string;
  /** The document as oidc-provider understood it. */
  metadata(): Record<string, unknown>;
}

export const openIdScopes = ["openid", "offline_access"];

/** Leaves of what the live document says only what the entry, or the namespace, approves. Never adds anything. */
export function narrowClient(client: ProviderClient, { entry, namespace }: Decision): void {
  const limits = entry ?? namespace;
  client.grantTypes = client.grantTypes.filter((type) => limits?.grant_types?.includes(type));
  // Whatever comes back beside a code is an implicit grant.
  if (!client.grantTypes.includes("implicit"))
    client.responseTypes = client.responseTypes.filter((type) => ["code", "none"].includes(type));
  client.scope = [...openIdScopes, ...(limits?.grants ?? []).flatMap((grant) => grant.scopes)].join(" ");
  if (entry) narrowRedirects(client, entry);
  else if (namespace) narrowToHosts(client, namespace);
}

/** A request's own redirect URI was asked about, but it may have left it out, or pushed it before. */
function narrowToHosts(client: ProviderClient, namespace: NonNullable<Decision["namespace"]>): void {
  client.redirectUris = client.redirectUris.filter((uri) => admitsRedirect(namespace, uri));
  if (namespace.loopback) ignoreLoopbackPort(client);
}

function narrowRedirects(client: ProviderClient, entry: NonNullable<Decision["entry"]>): void {
  const approved = new Map(entry.redirect_uris?.map((redirect) => [redirect.uri, redirect.match]));
  client.redirectUris = client.redirectUris.filter((uri) => approved.has(uri));
  if (client.redirectUris.some((uri) => approved.get(uri) === "loopback_any_port"))
    ignoreLoopbackPort(client);
}

/** RFC 8252 §7.3: oidc-provider does so for native clients only, and many documents do not say they are native. */
export function ignoreLoopbackPort(client: ProviderClient): void {
  if (client.redirectUris.some((uri) => /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/.test(uri)))
    client.applicationType = "native";
}
