import canonicalize from "canonicalize";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { AllowlistEntry, BranchObject, LeafObject } from "./wire.ts";

export const leafMaxEntries = 128;
export const leafMaxBytes = 256 * 1024;
export const objectMaxBytes = 1024 * 1024;
export const entryMaxBytes = 32 * 1024;
export const maxDepth = 16;

/** One client of a list: its client_id exactly as received, and its entry. */
export type ListedEntry = readonly [clientId: string, entry: AllowlistEntry];

/** A stored object: its name and its exact body. */
export interface TrieNode {
  readonly sha256: string;
  readonly body: string;
}

/** The path of a client through the trie: one hex digit of SHA-256(client_id) per level (docs/allowlist.md §3). */
export function triePath(clientId: string): string {
  return sha256Hex(clientId);
}

/** A leaf with these entries, in RFC 8785 form: members sorted by code unit, so one set has one body. */
export function leafNode(entries: Iterable<ListedEntry>, salt?: string): TrieNode {
  const leaf: LeafObject = { v: 1, entries: Object.fromEntries(entries), ...(salt ? { salt } : {}) };
  return nodeOf(leaf);
}

/** A branch over these children (hex digit → object name); empty children are left out by the caller. */
export function branchNode(children: Record<string, string>, salt?: string): TrieNode {
  const branch: BranchObject = { v: 1, children, ...(salt ? { salt } : {}) };
  return nodeOf(branch);
}

/** UTF-8 bytes of one entry as it is written, key included; more than `entryMaxBytes` cannot be listed. */
export function entryBytes(clientId: string, entry: AllowlistEntry): number {
  return byteLength(canonical({ [clientId]: entry }));
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function nodeOf(object: LeafObject | BranchObject): TrieNode {
  const body = canonical(object);
  return { sha256: sha256Hex(body), body };
}

function canonical(value: object): string {
  return canonicalize(value) as string;
}
