import { parse } from "tldts";
import { specialUseName } from "#lib/core/domain/specialUseName.ts";
import type { Verdict } from "./classifyAddress.ts";

/** A URL the guard may fetch, taken apart. */
export interface AllowedUrl {
  readonly verdict: "allow";
  readonly reason: string;
  /** Lower-case DNS name. */
  readonly host: string;
  readonly port: number;
  /** As in `URL.origin`. */
  readonly origin: string;
  /** Path and query, as sent. */
  readonly path: string;
}

export type UrlVerdict = AllowedUrl | (Verdict & { readonly verdict: "block" });

/** Longest URL that is fetched, in characters. */
export const maxUrlLength = 2_048;

const scheme = "https://";
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const dnsName = new RegExp(`^${label}(?:\\.${label})*$`);
const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i;
const ofHosts = { extractHostname: false, validateHostname: false };

/**
 * Judges a URL by its text alone: canonical https, a public DNS name, no credentials, fragment or dot segment,
 * port 443 or one of `ports`. A query is fine. Never throws.
 */
export function judgeUrl(text: string, ports: readonly number[] = []): UrlVerdict {
  if (typeof text !== "string") return block("This is not a URL.");
  if (text.length > maxUrlLength) return block(`The URL is longer than ${maxUrlLength} characters.`);
  if (!/^[\x21-\x7e]*$/.test(text)) return block("The URL has characters other than printable ASCII.");
  if (!text.startsWith(scheme)) return block("The URL does not start with https://.");
  if (text.includes("#")) return block("The URL has a fragment.");
  const query = text.indexOf("?", scheme.length);
  const beforeQuery = query < 0 ? text : text.slice(0, query);
  const slash = beforeQuery.indexOf("/", scheme.length);
  const origin = slash < 0 ? beforeQuery : beforeQuery.slice(0, slash);
  if (origin.includes("@")) return block("The URL carries a user name or password.");
  if (slash >= 0 && dotSegment.test(beforeQuery.slice(slash))) return block("The path has a dot segment.");
  const url = URL.parse(text);
  if (url === null) return block("This is not a URL.");
  const host = url.hostname;
  if (host.endsWith(".")) return block("The host ends with a dot.");
  const refused = judgeHost(host);
  if (refused !== undefined) return block(refused);
  if (url.href !== text) return block(`The URL is not in canonical form; canonical is ${url.href}`);
  const port = url.port === "" ? 443 : Number(url.port);
  if (port !== 443 && !ports.includes(port)) return block(`Port ${port} is not open; only 443 is.`);
  return {
    verdict: "allow",
    reason: "The URL is canonical and names a public host.",
    host,
    port,
    // A canonical URL begins with its origin as it is written.
    origin,
    path: url.pathname + url.search,
  };
}

function judgeHost(host: string): string | undefined {
  const special = specialUseName(host);
  if (special !== undefined) return `The host ${host} is ${special}.`;
  if (host.length > 253 || !dnsName.test(host)) return "The host is not a DNS host name.";
  const { isIcann, domain } = parse(host, ofHosts);
  if (isIcann !== true) return `${host} is not under a public suffix.`;
  if (domain === null) return `${host} is itself a public suffix.`;
  return undefined;
}

function block(reason: string): Verdict & { verdict: "block" } {
  return { verdict: "block", reason };
}
