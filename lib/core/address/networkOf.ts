import { parseAddress } from "./parseAddress.ts";

/**
 * Whom an address belongs to, for counting: IPv4 stands for itself, IPv6 for its /64, the least that one subscriber gets
 * and in which addresses cost nothing (RFC 6177). Anything else stands for itself.
 */
export function networkOf(text: string): string {
  const address = parseAddress(text);
  if (address?.family !== 6) return text;
  const groups = [112n, 96n, 80n, 64n].map((shift) => ((address.value >> shift) & 0xffffn).toString(16));
  return `${groups.join(":")}::/64`;
}
