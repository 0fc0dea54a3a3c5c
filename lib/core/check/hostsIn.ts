import { specialUseName } from "#lib/core/domain/specialUseName.ts";

/** More names than an honest document has; looking up all of a hostile one would be its way to use us. */
export const maxHosts = 32;

/**
 * Every public name that a client's document leads servers or people to: those whose DNS answers the checks can judge.
 * Without the client_id's own host, which was judged when the document was fetched. Lower-case, each once, at most
 * `maxHosts`.
 */
export function hostsIn(clientId: string, members: Readonly<Record<string, unknown>> = {}): string[] {
  const links = Object.entries(members).flatMap(([name, value]) =>
    typeof value === "string" && /_uri(?:#|$)/.test(name) ? [value] : [],
  );
  const redirects: unknown = members["redirect_uris"];
  const listed = Array.isArray(redirects) ? redirects.filter((uri) => typeof uri === "string") : [];
  const own = URL.parse(clientId)?.hostname;
  const hosts = [...links, ...listed].flatMap((uri: string) => {
    const url = URL.parse(uri);
    const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
    const isKnown = !isWeb || url.hostname === "" || url.hostname === own;
    return isKnown || specialUseName(url.hostname) !== undefined ? [] : [url.hostname];
  });
  return [...new Set(hosts)].slice(0, maxHosts);
}
