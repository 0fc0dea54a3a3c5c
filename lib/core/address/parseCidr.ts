import { parseAddress } from "./parseAddress.ts";
import type { Address } from "./parseAddress.ts";

/** A block of addresses. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads `address/prefix length`; a single address is a block of one. Undefined when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const [base = "", length, ...rest] = text.split("/");
  const address = parseAddress(base);
  if (address === undefined || rest.length > 0) return undefined;
  const width = address.family === 4 ? 32 : 128;
  if (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const prefix = length === undefined ? width : Number(length);
  if (prefix > width) return undefined;
  const hostBits = BigInt(width - prefix);
  const first = (address.value >> hostBits) << hostBits;
  return { family: address.family, first, last: first + (1n << hostBits) - 1n };
}

export function contains(block: Cidr, address: Address): boolean {
  return block.family === address.family && address.value >= block.first && address.value <= block.last;
}
