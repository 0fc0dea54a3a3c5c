import { sha256Hex } from "../sha256.ts";

/** 48 bits that the parts decide: chance without a source of chance, the same on every run and every replica. */
export function hash48(...parts: readonly (string | number)[]): number {
  return Number.parseInt(sha256Hex(parts.join("\n")).slice(0, 12), 16);
}

/** The same as a share from 0 up to, never reaching, 1. */
export function share(...parts: readonly (string | number)[]): number {
  return hash48(...parts) / 2 ** 48;
}
