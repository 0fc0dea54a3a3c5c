/** A URI cut at its delimiters and nothing more: no decoding, no case folding, no default port. */
export interface UriParts {
  readonly scheme: string;
  /** Absent when the scheme is not followed by `//`. */
  readonly authority?: string;
  readonly userinfo?: string;
  /** With brackets when it is an IP literal. */
  readonly host?: string;
  /** The text after the host's colon; "" for a colon with nothing behind it. */
  readonly port?: string;
  readonly path: string;
  /** Without `?`; "" for a bare `?`. */
  readonly query?: string;
  /** Without `#`; "" for a bare `#`. */
  readonly fragment?: string;
}

const uriPattern = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

/** Cuts an absolute URI as RFC 3986 appendix B does; undefined for a relative reference. */
export function splitUri(raw: string): UriParts | undefined {
  const cut = uriPattern.exec(raw);
  if (cut === null) return undefined;
  const [, scheme = "", authority, path = "", query, fragment] = cut;
  if (authority === undefined) return { scheme, path, query, fragment };
  const at = authority.lastIndexOf("@");
  const hostAndPort = authority.slice(at + 1);
  const bracket = hostAndPort.startsWith("[") ? hostAndPort.indexOf("]") : -1;
  const colon = hostAndPort.indexOf(":", bracket + 1);
  return {
    scheme,
    authority,
    userinfo: at < 0 ? undefined : authority.slice(0, at),
    host: colon < 0 ? hostAndPort : hostAndPort.slice(0, colon),
    port: colon < 0 ? undefined : hostAndPort.slice(colon + 1),
    path,
    query,
    fragment,
  };
}
