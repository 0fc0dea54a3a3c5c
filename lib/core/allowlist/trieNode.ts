import canonicalize from "canonicalize";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { AllowlistEntry } from "./wire.ts";

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

/** An entry as it stands in a leaf, `"<client_id>":{…}` in RFC 8785 form: rendered once, joined as often as needed. */
export interface RenderedEntry {
  readonly clientId: string;
  readonly text: string;
  /** UTF-8 bytes of `text`. */
  readonly bytes: number;
}

export function renderEntry([clientId, entry]: ListedEntry): RenderedEntry {
  const text = canonical({ [clientId]: entry }).slice(1, -1);
  return { clientId, text, bytes: byteLength(text) };
}

/** A leaf with these entries, in RFC 8785 form: members sorted by code unit, so one set has one body. */
export function leafNode(entries: Iterable<RenderedEntry>, salt?: string): TrieNode {
  const sorted = [...entries].sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
  return nodeOf(`{"entries":{${sorted.map((each) => each.text).join(",")}},${tail(salt)}`);
}

/** Whether a node with so many entries, of so many bytes together, is a leaf (docs/allowlist.md §3). */
export function fitsLeaf(count: number, bytes: number, salt?: string): boolean {
  if (count > leafMaxEntries) return false;
  const frame = byteLength(`{"entries":{},${tail(salt)}`);
  return frame + bytes + Math.max(0, count - 1) <= leafMaxBytes;
}

/** A branch over these children (hex digit → object name); empty children are left out by the caller. */
export function branchNode(children: Record<string, string>, salt?: string): TrieNode {
  return nodeOf(`{"children":${canonical(children)},${tail(salt)}`);
}

/** Whether one entry is small enough to be listed, as it is written, key included. */
export function fitsEntry(clientId: string, entry: AllowlistEntry): boolean {
  // No character takes more than three bytes; writing it is many times the work of this.
  const atMost = 3 * (JSON.stringify(entry).length + JSON.stringify(clientId).length + 1);
  return atMost <= entryMaxBytes || entryBytes(clientId, entry) <= entryMaxBytes;
}

/** UTF-8 bytes of one entry as it is written, key included; more than `entryMaxBytes` cannot be listed. */
export function entryBytes(clientId: string, entry: AllowlistEntry): number {
  return renderEntry([clientId, entry]).bytes;
}

export function byteLength(text: string): number {
  return isAscii.test(text) ? text.length : encoder.encode(text).length;
}

// oxlint-disable-next-line no-control-regex
const isAscii = /^[\0-\x7f]*$/;
const encoder = new TextEncoder();

function nodeOf(body: string): TrieNode {
  return { sha256: sha256Hex(body), body };
}

/** What follows `children` or `entries`: "salt" and "v" are the next members by code unit. */
function tail(salt: string | undefined): string {
  return salt ? `"salt":${canonical(salt)},"v":1}` : '"v":1}';
}

function canonical(value: unknown): string {
  return canonicalize(value) as string;
}
