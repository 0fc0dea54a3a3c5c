import { owningDomain } from "#lib/core/domain/owningDomain.ts";

/** Whose a met client_id claims to be; both empty when it is no URL with a host. */
export function sightedHost(clientId: string): { readonly host: string; readonly domain: string } {
  const hostname = URL.parse(clientId)?.hostname ?? "";
  if (hostname === "") return { host: "", domain: "" };
  const { host, registrableDomain } = owningDomain(hostname);
  return { host, domain: registrableDomain ?? host };
}
