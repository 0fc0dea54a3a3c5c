import { fingerprintOf } from "./fingerprintOf.ts";

/** The same for the same cause at every client of a host: the fingerprint of the finding about the host. */
export function rollupKeyOf(cause: {
  readonly rule: string;
  readonly host: string;
  readonly clientId: string;
  readonly value: string;
}): string {
  const { rule, host, clientId, value } = cause;
  return fingerprintOf({ rule, subject: host, value: sharedValue(value, clientId) });
}

// What ends a part of a URL, a list or JSON text.
const between = /([/?#&=;,:"'\s[\]{}()]+)/;
// An RFC 7638 thumbprint or a SHA-256 in base64url or hex: every client has its own.
const digest = /^(?:[A-Za-z0-9_-]{43}|[0-9a-f]{64})$/;

/**
 * A value with the parts that are particular to the client taken out: its client_id, the segments of its path wherever
 * they stand alone, each by its place, and thumbprints, since a vendor that turns the keys of all its clients gives each
 * of them another.
 */
export function sharedValue(value: string, clientId: string): string {
  const places = placesOf(clientId);
  return value
    .replaceAll(clientId, "{client_id}")
    .split(between)
    .map((part) => places.get(part) ?? (digest.test(part) ? "{digest}" : part))
    .join("");
}

/** Segments of the path, and the last one also without its ending: `…/clients/a1.json` and a callback at `…/a1`. */
function placesOf(clientId: string): ReadonlyMap<string, string> {
  const path = clientId.replace(/^[a-z]+:\/\/[^/]*/, "");
  const places = new Map<string, string>();
  const segments = path.split(between).filter((part) => part !== "" && !between.test(part));
  segments.forEach((part, index) => {
    const place = `{${index + 1}}`;
    if (!places.has(part)) places.set(part, place);
    const stem = part.replace(/\.[A-Za-z0-9]{1,8}$/, "");
    if (!places.has(stem)) places.set(stem, place);
  });
  return places;
}
