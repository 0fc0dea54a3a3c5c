import { parseClientId } from "#lib/core/clientId/parseClientId.ts";

/** The host of a client_id as a literal name, or the sentence why a product that knows hosts must not get it. */
export function literalHost(clientId: string): { host: string } | { why: string } {
  const parsed = parseClientId(clientId);
  const spelling = parsed.problems.find(({ kind }) => !harmlessForHosts.has(kind));
  if (spelling) return { why: spelling.message };
  const host = parsed.host ?? "";
  if (!isPlainName(host)) return { why: `The host "${host}" is not a plain DNS name.` };
  return { host };
}

/**
 * Why a product that matches URLs by pattern must not get this client_id; undefined when every grammar in use reads it as
 * itself. Stricter than any one of them: what one version takes literally, the next may not.
 */
export function notLiteral(clientId: string): string | undefined {
  const parsed = parseClientId(clientId);
  const spelling = parsed.problems.find(({ kind }) => !harmlessForUrls.has(kind));
  if (spelling) return spelling.message;
  const path = clientId.slice(clientId.indexOf("/", "https://".length));
  const special = /[^A-Za-z0-9\-._~/]/.exec(path)?.[0];
  if (special !== undefined)
    return `It contains "${special}", which a URL pattern may read as something else than itself.`;
  return isPlainName(parsed.host ?? "") ? undefined : `The host "${parsed.host}" is not a plain DNS name.`;
}

/** A DNS name of at least two labels, in lower case, with nothing any pattern could give a meaning. */
export function isPlainName(host: string): boolean {
  return (
    host.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host)
  );
}

// A port is not among them: who knows hosts only admits every port.
const harmlessForHosts = new Set(["length", "special_host", "query", "trailing_slash", "root_path"]);
const harmlessForUrls = new Set(["length", "special_host", "trailing_slash"]);
