import { dangerousSchemes } from "#lib/core/check/dangerousSchemes.ts";
import type { OwningDomain } from "#lib/core/domain/owningDomain.ts";
import { type ClassifiedRedirect, isLoopbackName } from "#lib/core/redirect/classifyRedirect.ts";
import { isSharedByPath, tenantOf } from "./siteOf.ts";

/**
 * How far an added redirect widens what a client may do, from little to much: another path, port or name of a site it
 * already uses, a new site, a stranger's place on a platform, the person's computer, an app, and what must never be.
 */
export type RedirectGrade =
  | "same_origin"
  | "same_host"
  | "same_site"
  | "approved_site"
  | "new_site"
  | "approved_shared"
  | "shared_host"
  | "more_loopback"
  | "first_loopback"
  | "known_scheme"
  | "new_scheme"
  | "http"
  | "wildcard"
  | "dangerous";

/** Where codes of the client could go before. */
export interface KnownPlaces {
  readonly origins: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  readonly sites: ReadonlySet<string>;
  readonly schemes: ReadonlySet<string>;
  readonly loopback: boolean;
  readonly approvedDomains: readonly string[];
}

export function knownPlaces(
  clientId: string,
  owner: OwningDomain | undefined,
  before: readonly ClassifiedRedirect[],
  approvedDomains: readonly string[],
): KnownPlaces {
  const remote = before.filter(({ owner: site }) => site !== undefined);
  const urls = [clientId, ...remote.map(({ uri }) => uri)].flatMap((uri) => URL.parse(uri) ?? []);
  const owners = [owner, ...remote.map(({ owner: site }) => site)];
  return {
    origins: new Set(urls.map(placeOf)),
    hosts: new Set(urls.filter(({ hostname }) => !isSharedByPath(hostname)).map(({ hostname }) => hostname)),
    sites: new Set(owners.flatMap((each) => each?.registrableDomain ?? [])),
    schemes: new Set(
      before.flatMap(({ class: kind, parts }) => (kind === "private_scheme" ? [schemeOf(parts)] : [])),
    ),
    loopback: before.some(({ class: kind }) => kind === "loopback"),
    approvedDomains,
  };
}

const wildcard = /\*|%2a|\{|\}|%7b|<|>/i;
// Parsers disagree about where such a URI leads.
const unreadable = /[\x00-\x20"\\^`|\x7f-\uffff]/;

export function gradeRedirect(redirect: ClassifiedRedirect, known: KnownPlaces): RedirectGrade {
  const { uri, class: kind, parts, host = "", owner } = redirect;
  const scheme = schemeOf(parts);
  if (dangerousSchemes.has(scheme)) return "dangerous";
  if (wildcard.test(uri)) return "wildcard";
  if (kind === "invalid" || unreadable.test(uri)) return "dangerous";
  // A fragment or user information is in no redirect URI (OAuth 2.1 §2.3, RFC 3986 §3.2.1).
  if (parts?.fragment !== undefined || parts?.userinfo !== undefined) return "dangerous";
  if (kind === "loopback" || isLoopbackName(host)) return known.loopback ? "more_loopback" : "first_loopback";
  if (kind === "private_scheme") return known.schemes.has(scheme) ? "known_scheme" : "new_scheme";
  if (kind === "http_remote") return "http";
  const url = URL.parse(uri);
  if (url !== null && known.origins.has(placeOf(url))) return "same_origin";
  if (known.hosts.has(host)) return "same_host";
  const approved = known.approvedDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  if (isSharedByPath(host)) return approved ? "approved_shared" : "shared_host";
  if (owner?.registrableDomain !== undefined && known.sites.has(owner.registrableDomain)) return "same_site";
  if (owner?.isShared === true) return approved ? "approved_shared" : "shared_host";
  return approved ? "approved_site" : "new_site";
}

/** The origin, and on hosts whose tenants have a path each, the tenant. */
function placeOf(url: URL): string {
  return isSharedByPath(url.hostname) ? `${url.origin}/${tenantOf(url)}` : url.origin;
}

function schemeOf(parts: ClassifiedRedirect["parts"]): string {
  return parts?.scheme.toLowerCase() ?? "";
}
