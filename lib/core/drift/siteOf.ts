import { owningDomain } from "#lib/core/domain/owningDomain.ts";

/** The host of a URL; the text itself when it has none. */
export function hostOf(uri: string): string {
  return URL.parse(uri)?.hostname || uri;
}

/** Who answers for a URL: its registrable domain by the Public Suffix List, else its host, else the text itself. */
export function siteOf(uri: string): string {
  const host = URL.parse(uri)?.hostname;
  return host ? owningDomain(host).label : uri;
}
