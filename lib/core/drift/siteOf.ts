import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import { sharedHostOf } from "#lib/core/domain/sharedHosts.ts";

/** The host of a URL; the text itself when it has none. */
export function hostOf(uri: string): string {
  return URL.parse(uri)?.hostname || uri;
}

/**
 * Who answers for a URL: its registrable domain by the Public Suffix List, on a host whose tenants have a path each the
 * host and the tenant, else the host, else the text itself.
 */
export function siteOf(uri: string): string {
  const url = URL.parse(uri);
  if (!url?.hostname) return uri;
  return isSharedByPath(url.hostname) ? `${url.hostname}/${tenantOf(url)}` : owningDomain(url.hostname).label;
}

/** Another site for a sentence: "evil.net" is another domain, "raw.githubusercontent.com/mallory" somebody else's place. */
export function otherSite(uri: string): { readonly name: string; readonly words: string } {
  const host = hostOf(uri);
  return isSharedByPath(host)
    ? { name: siteOf(uri), words: "somebody else's place" }
    : { name: host, words: "another domain" };
}

export function isSharedByPath(host: string): boolean {
  return sharedHostOf(host)?.tenants === "path";
}

/** The first segment of the path. */
export function tenantOf({ pathname }: URL): string {
  return pathname.split("/")[1] ?? "";
}
