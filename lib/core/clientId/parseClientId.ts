import { specialUseName } from "#lib/core/domain/specialUseName.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { nonCanonicalParts } from "./nonCanonicalParts.ts";
import { splitUri, type UriParts } from "./splitUri.ts";

/** What may be wrong with a Client Identifier URL; each kind is one check. */
export type ClientIdProblemKind =
  | "syntax"
  | "scheme"
  | "userinfo"
  | "fragment"
  | "path_missing"
  | "root_path"
  | "trailing_slash"
  | "dot_segment"
  | "query"
  | "port"
  | "not_canonical"
  | "special_host"
  | "length";

export interface ClientIdProblem {
  readonly kind: ClientIdProblemKind;
  readonly message: string;
}

/** A client_id read by the grammar of draft-ietf-oauth-client-id-metadata-document-02 §3. */
export interface ParsedClientId {
  readonly raw: string;
  /** Absent when it is not an absolute URI at all. */
  readonly parts?: UriParts;
  /** Host as a resolver would be asked for it: lower case, decoded; absent when there is none. */
  readonly host?: string;
  /** Every problem at once, in the order of the URL. */
  readonly problems: readonly ClientIdProblem[];
}

/** Longest client_id that can be used at all, in characters. */
export const clientIdMax = 2048;
/** Longest client_id that still counts as short (02 §3: "short URL" is recommended), in characters. */
export const clientIdLong = 200;

const unwritable = /[^\x21-\x7e]/;
const illegal = /[\x00-\x20"<>\\^`{|}\x7f-\uffff]|%(?![0-9a-f]{2})/i;
const dotSegment = /^(?:\.|%2e){1,2}$/i;

/**
 * Reads the raw string before any URL parser can tidy it, and names every problem at once.
 * Whether a problem is an error or a warning is for the checks to say.
 */
export function parseClientId(raw: string): ParsedClientId {
  const problems: ClientIdProblem[] = [];
  const found = (kind: ClientIdProblemKind, message: string) => problems.push({ kind, message });

  if (raw.length > clientIdLong) found("length", lengthMessage(raw.length));
  if (unwritable.test(raw)) found("syntax", unwritableMessage(raw));
  else if (illegal.test(raw)) found("syntax", illegalMessage(raw));

  const parts = splitUri(raw);
  if (parts === undefined) {
    if (problems.every(({ kind }) => kind !== "syntax")) {
      found(
        "syntax",
        `"${visibleText(raw)}" is not an absolute URL. Write it in full, beginning with https://.`,
      );
    }
    return { raw, problems };
  }

  const scheme = parts.scheme.toLowerCase();
  if (scheme !== "https") found("scheme", schemeMessage(parts));
  if (!parts.host) {
    found("syntax", `"${visibleText(raw)}" names no host. Write https://, a host name and a path.`);
    return { raw, parts, problems };
  }

  const host = hostOf(raw, parts);
  if (host === undefined && problems.every(({ kind }) => kind !== "syntax")) {
    found(
      "syntax",
      `The host "${visibleText(parts.authority ?? "")}" cannot be read as a host name and port.`,
    );
  }
  if (parts.userinfo !== undefined) {
    found(
      "userinfo",
      `The URL carries "${visibleText(parts.userinfo)}@" before the host "${visibleText(parts.host)}". Remove it.`,
    );
  }
  if (parts.port !== undefined) found("port", portMessage(parts.port));
  const special = host === undefined ? undefined : specialUseName(host);
  if (special !== undefined)
    found("special_host", `The host "${visibleText(parts.host)}" is ${special}. Use a public DNS name.`);

  if (parts.path === "")
    found(
      "path_missing",
      `"${visibleText(raw)}" has no path. Publish the document under a path, e.g. ${scheme}://${parts.authority}/oauth/client.json.`,
    );
  else if (parts.path === "/")
    found("root_path", `The path is only "/". Give the document a path of its own, e.g. /oauth/client.json.`);
  else if (parts.path.endsWith("/"))
    found(
      "trailing_slash",
      `The path "${visibleText(parts.path)}" ends with "/". Point at the document itself.`,
    );
  const dots = parts.path.split("/").filter((segment) => dotSegment.test(segment));
  if (dots.length > 0) {
    found(
      "dot_segment",
      `The path "${visibleText(parts.path)}" contains the segment "${dots[0]}", which URL parsers collapse to another URL. Write the path without it.`,
    );
  }
  if (parts.query !== undefined)
    found(
      "query",
      `The URL carries the query "?${visibleText(parts.query)}". Move what it says into the path.`,
    );
  if (parts.fragment !== undefined)
    found(
      "fragment",
      `The URL carries the fragment "#${visibleText(parts.fragment)}". Remove it, including the "#".`,
    );
  const untidy = nonCanonicalParts(parts);
  if (untidy.length > 0)
    found(
      "not_canonical",
      `The URL is not in canonical form: ${untidy.join("; ")}. It is compared character by character, so publish one spelling.`,
    );
  return { raw, parts, host, problems };
}

function hostOf(raw: string, parts: UriParts): string | undefined {
  if (parts.port !== undefined && !/^\d*$/.test(parts.port)) return undefined;
  // The WHATWG parser is what fetches: it decodes percent-encoding and the legacy spellings of IPv4.
  const url = URL.parse(`https://${parts.authority ?? ""}/`);
  return url === null || url.hostname === "" ? undefined : url.hostname;
}

function lengthMessage(length: number): string {
  return length > clientIdMax
    ? `The URL has ${length} characters; more than ${clientIdMax} cannot be used.`
    : `The URL has ${length} characters; keep it under ${clientIdLong}.`;
}

function unwritableMessage(raw: string): string {
  const character = [...raw].find((each) => unwritable.test(each)) ?? "";
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const shown = visibleText(raw);
  if (/\s/.test(character))
    return `"${shown}" contains white space (${code}). Remove it, or encode it as %20.`;
  return `"${shown}" contains the character ${code}. Write host names in punycode (xn--…) and encode everything else as %XX.`;
}

function illegalMessage(raw: string): string {
  const character = illegal.exec(raw)?.[0] ?? "";
  return `"${visibleText(raw)}" contains "${character}", which RFC 3986 does not allow there. Encode it as %XX.`;
}

function schemeMessage({ scheme, authority, path }: UriParts): string {
  if (scheme === "http" && authority === "localhost" && (path === "" || path === "/")) {
    return `"http://localhost" is atproto's loopback development client. It has no document, so it can never be approved; use an https URL.`;
  }
  return `The scheme is "${visibleText(scheme)}". A client identifier URL uses https.`;
}

function portMessage(port: string): string {
  if (port === "") return `The host is followed by ":" without a port. Remove the colon.`;
  if (port === "443")
    return `The port 443 is written out. It is the default, yet the two spellings are different clients; leave it out.`;
  return `The URL names port ${visibleText(port)}. Serve the document on the default port of https.`;
}
