import { splitUri, type UriParts } from "#lib/core/clientId/splitUri.ts";
import { owningDomain, type OwningDomain } from "#lib/core/domain/owningDomain.ts";
import { loopbackOf } from "./loopbackOf.ts";

/** Where an authorization code sent to a redirect URI ends up, seen from the client's own host. */
export type RedirectClass =
  | "same_host"
  | "same_site"
  | "other_site"
  | "shared_host"
  | "loopback"
  | "private_scheme"
  | "http_remote"
  | "invalid";

export interface ClassifiedRedirect {
  readonly uri: string;
  readonly class: RedirectClass;
  /** How an authorization server compares it (RFC 9700 §2.1, RFC 8252 §7.3). */
  readonly match: "exact" | "loopback_any_port";
  /** For people: where it leads, e.g. "this computer, any port". */
  readonly words: string;
  /** Absent when it is not an absolute URI. */
  readonly parts?: UriParts;
  /** Host as a resolver would be asked for it; absent without one. */
  readonly host?: string;
  /** Who answers for the host; for http and https only. */
  readonly owner?: OwningDomain;
}

/**
 * Says where a redirect URI leads. `clientId` may be anything: when it has no host nothing is "same".
 * `shared_host` is somebody's place on a platform or tunnel that is not the client's own place there.
 */
export function classifyRedirect(uri: string, clientId: string): ClassifiedRedirect {
  return classifyRedirectFor(uri, clientOwner(clientId));
}

/** The owner of a client_id's host, to classify many redirects of one client with. */
export function clientOwner(clientId: string): OwningDomain | undefined {
  const host = URL.parse(clientId)?.hostname;
  return host ? owningDomain(host) : undefined;
}

export function classifyRedirectFor(uri: string, client: OwningDomain | undefined): ClassifiedRedirect {
  const exact = { uri, match: "exact" } as const;
  const parts = splitUri(uri);
  if (parts === undefined) return { ...exact, class: "invalid", words: "not an absolute URI" };
  const scheme = parts.scheme.toLowerCase();
  if (scheme !== "http" && scheme !== "https") {
    return { ...exact, class: "private_scheme", parts, words: `an app that claims ${scheme}:` };
  }
  const url = URL.parse(uri);
  if (url === null || !parts.host) return { ...exact, class: "invalid", parts, words: "not a usable URL" };
  const host = url.hostname;
  if (loopbackOf(uri) !== undefined) {
    return {
      uri,
      match: "loopback_any_port",
      class: "loopback",
      parts,
      host,
      words: "this computer, any port",
    };
  }
  if (scheme === "http" && isLoopbackName(host)) {
    return { ...exact, class: "loopback", parts, host, words: "this computer" };
  }
  const owner = host === client?.host ? client : owningDomain(host);
  if (scheme === "http")
    return { ...exact, class: "http_remote", parts, host, owner, words: `${host}, unencrypted` };
  const relation = relate(owner, client);
  return { ...exact, class: relation, parts, host, owner, words: wordsFor(relation, owner) };
}

function relate(owner: OwningDomain, client: OwningDomain | undefined): RedirectClass {
  if (owner.host === client?.host) return "same_host";
  const sameSite =
    owner.registrableDomain !== undefined && owner.registrableDomain === client?.registrableDomain;
  if (sameSite) return "same_site";
  return owner.isShared ? "shared_host" : "other_site";
}

function wordsFor(relation: RedirectClass, { host, label, isTunnel }: OwningDomain): string {
  if (relation === "same_host") return "the client's own host";
  if (relation === "same_site") return `${host}, the client's own site`;
  if (relation === "shared_host")
    return isTunnel ? `${host}, a tunnel anyone can open` : `${label}, on a shared host`;
  return `${host}, another site`;
}

/** Loopback by meaning, not by spelling: 127.0.0.0/8, ::1, localhost and names below it. */
export function isLoopbackName(host: string): boolean {
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}
