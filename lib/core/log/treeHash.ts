import { sha256Bytes } from "../sha256.ts";

/** Bytes of one hash. */
export const hashBytes = 32;

/** Root of the tree without leaves (RFC 6962 §2.1). */
export const emptyRoot: Uint8Array = sha256Bytes(new Uint8Array());

/** Hash of a leaf: SHA-256(0x00 ‖ leaf). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + leaf.length);
  input.set(leaf, 1);
  return sha256Bytes(input);
}

/** Hash of a node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * hashBytes);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + hashBytes);
  return sha256Bytes(input);
}

export function sameBytes(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one !== undefined && one.length === other?.length && one.every((byte, at) => byte === other[at]);
}
