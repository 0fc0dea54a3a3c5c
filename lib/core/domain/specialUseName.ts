import { parseAddress } from "#lib/core/address/parseAddress.ts";

/** Names that never belong to a public site, with the words that say why. */
const endings: readonly [string, string][] = [
  ["localhost", "a name for this computer (RFC 6761)"],
  ["local", "a name of the local network (RFC 6762)"],
  ["internal", "reserved for private networks by ICANN"],
  ["test", "reserved for testing (RFC 6761)"],
  ["example", "reserved for documentation (RFC 6761)"],
  ["invalid", "reserved as always invalid (RFC 6761)"],
  ["onion", "a Tor name (RFC 7686)"],
  ["alt", "outside the DNS (RFC 9476)"],
  ["arpa", "reserved for infrastructure (RFC 3172, RFC 8375)"],
  ["localdomain", "a name of the local network"],
  ["intranet", "a name of a private network"],
  ["lan", "a name of a private network"],
  ["corp", "a name of a private network"],
  ["home", "a name of a private network"],
  ["private", "a name of a private network"],
];
const byEnding = new Map(endings);

/**
 * Why a host can never be a public DNS name, as the end of a sentence ("… is an IP address"); undefined when it may be one.
 * Takes the host of a URL, with or without IPv6 brackets. Says nothing about what the name resolves to.
 */
export function specialUseName(host: string): string | undefined {
  const lower = host.toLowerCase();
  const name = lower.endsWith(".") ? lower.slice(0, -1) : lower;
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (name.startsWith("[") || name.includes(":")) return "an IP address";
  const isNumber = () => /^(?:\d+|0x[0-9a-f]*)$/.test(last) || parseAddress(name) !== undefined;
  if (startsWithDigit(last) && isNumber()) return "an IP address";
  const ending = byEnding.get(last);
  if (ending !== undefined) return ending;
  return name.includes(".") ? undefined : "a single label, not a public DNS name";
}

function startsWithDigit(text: string): boolean {
  const first = text.charCodeAt(0);
  return first >= 48 && first <= 57;
}
