/** An IP address as a number: 32 bits wide for family 4, 128 for family 6. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

const octet = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const dottedQuad = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);

/**
 * Reads an address in the one strict notation: four decimal octets without leading zeros, or RFC 4291 §2.2 text.
 * Octal, hexadecimal, shortened and single-number IPv4, brackets and zone ids are not read.
 */
export function parseAddress(text: string): Address | undefined {
  return text.includes(":") ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): Address | undefined {
  const octets = dottedQuad.exec(text);
  if (octets === null) return undefined;
  return { family: 4, value: octets.slice(1).reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) };
}

function parseIPv6(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? "", halves.length === 1);
  const tail = groupsOf(halves[1] ?? "", true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<bigint>(missing).fill(0n), ...tail];
  return { family: 6, value: groups.reduce((sum, group) => (sum << 16n) | group, 0n) };
}

/** The 16-bit groups of one side of "::"; only the last may be written as a dotted quad. */
function groupsOf(side: string, isLast: boolean): bigint[] | undefined {
  if (side === "") return [];
  const groups: bigint[] = [];
  const parts = side.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else {
      const quad = isLast && index === parts.length - 1 ? parseIPv4(part) : undefined;
      if (quad === undefined) return undefined;
      groups.push(quad.value >> 16n, quad.value & 0xffffn);
    }
  }
  return groups;
}
