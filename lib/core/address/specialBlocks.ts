import { parseCidr } from "./parseCidr.ts";
import type { Cidr } from "./parseCidr.ts";

export interface SpecialBlock extends Cidr {
  readonly text: string;
  readonly use: string;
}

/** IPv4 that is never a publisher: the IANA special-purpose registry (RFC 6890), multicast, class E and one cloud's own address. */
export const specialIPv4: readonly SpecialBlock[] = [
  block("0.0.0.0/8", "this network (RFC 791)"),
  block("10.0.0.0/8", "private networks (RFC 1918)"),
  block("100.64.0.0/10", "carrier-grade NAT (RFC 6598)"),
  block("127.0.0.0/8", "loopback (RFC 1122)"),
  block("169.254.0.0/16", "link-local and cloud metadata (RFC 3927)"),
  block("172.16.0.0/12", "private networks (RFC 1918)"),
  block("192.0.0.0/24", "protocol assignments (RFC 6890)"),
  block("192.0.2.0/24", "documentation (RFC 5737)"),
  block("192.31.196.0/24", "AS112 (RFC 7535)"),
  block("192.52.193.0/24", "AMT relays (RFC 7450)"),
  block("192.88.99.0/24", "6to4 relays (RFC 7526)"),
  block("192.168.0.0/16", "private networks (RFC 1918)"),
  block("192.175.48.0/24", "AS112 (RFC 7534)"),
  block("198.18.0.0/15", "benchmarking (RFC 2544)"),
  block("198.51.100.0/24", "documentation (RFC 5737)"),
  block("203.0.113.0/24", "documentation (RFC 5737)"),
  block("224.0.0.0/4", "multicast (RFC 5771)"),
  block("240.0.0.0/4", "reserved and broadcast (RFC 1112)"),
  block("168.63.129.16/32", "the Azure host"),
];

/** The only IPv6 space handed out for the public internet (RFC 4291). */
export const globalIPv6 = block("2000::/3", "global unicast");

/** The parts of 2000::/3 that are not the public internet. */
export const specialIPv6: readonly SpecialBlock[] = [
  block("2001::/23", "protocol assignments and Teredo (RFC 2928)"),
  block("2001:db8::/32", "documentation (RFC 3849)"),
  block("2002::/16", "6to4 (RFC 3056)"),
  block("2620:4f:8000::/48", "AS112 (RFC 7534)"),
  block("3fff::/20", "documentation (RFC 9637)"),
  block("3ffe::/16", "the former 6bone (RFC 3701)"),
];

function block(text: string, use: string): SpecialBlock {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`Not a block of addresses: ${text}`);
  return { ...cidr, text, use };
}
