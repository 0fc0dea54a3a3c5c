/** The parts of a loopback redirect that are compared; `port` is not among them. */
export interface Loopback {
  readonly host: string;
  /** Path and query, as written. */
  readonly rest: string;
  readonly port?: string;
}

const pattern = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9]\d{0,4}))?((?:\/[^?#]*)?(?:\?[^#]*)?)$/;

/**
 * Reads `http` on 127.0.0.1, [::1] or localhost, spelled exactly so, with or without a port of 1 to 65535
 * (RFC 8252 §7.3 and §8.3). Undefined for everything else, a fragment or userinfo included.
 */
export function loopbackOf(uri: string): Loopback | undefined {
  const found = pattern.exec(uri);
  if (found === null) return undefined;
  const [, host = "", port, rest = ""] = found;
  return port !== undefined && Number(port) > 65_535 ? undefined : { host, port, rest };
}
