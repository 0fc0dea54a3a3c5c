import type { RedirectEntry } from "./wire.ts";

const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9]\d{0,4}))?((?:\/[^?#]*)?(?:\?[^#]*)?)$/;

/**
 * Whether a requested redirect URI is the approved one: as exact strings, or, for `loopback_any_port`, equal in
 * everything but the port (RFC 8252 §7.3). An unknown `match` matches nothing.
 */
export function redirectMatches(approved: RedirectEntry, requested: string): boolean {
  switch (approved.match) {
    case "exact":
      return approved.uri === requested;
    case "loopback_any_port":
      return sameButPort(approved.uri, requested);
    default:
      return false;
  }
}

function sameButPort(approved: string, requested: string): boolean {
  const a = loopback.exec(approved);
  const b = loopback.exec(requested);
  return a !== null && b !== null && a[1] === b[1] && a[3] === b[3] && isPort(b[2]);
}

function isPort(digits: string | undefined): boolean {
  return digits === undefined || Number(digits) <= 65_535;
}
