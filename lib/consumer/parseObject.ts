import { FetchFailed } from "./FetchFailed.ts";
import { parseJsonObject } from "./parseJsonObject.ts";
import { parseNamespaces } from "./parseNamespaces.ts";
import type { AllowlistEntry, NamespaceEntry } from "./wire.ts";

/** An object of the trie, checked for its form, or the one with the namespaces. Entries are judged when they are used. */
export type TrieObject =
  | { readonly kind: "leaf"; readonly entries: ReadonlyMap<string, AllowlistEntry> }
  | { readonly kind: "branch"; readonly children: ReadonlyMap<string, string> }
  | { readonly kind: "namespaces"; readonly namespaces: readonly NamespaceEntry[] };

/** Parses a body whose hash was checked. Throws FetchFailed("malformed") when it is none of the three. */
export function parseObject(sha256: string, body: Uint8Array): TrieObject {
  const value = parseJsonObject(body);
  if (value?.v === 1 && isRecord(value.entries) && value.children === undefined)
    return { kind: "leaf", entries: new Map(Object.entries(value.entries) as [string, AllowlistEntry][]) };
  if (value?.v === 1 && isRecord(value.children) && value.entries === undefined) {
    const children = Object.entries(value.children);
    if (children.every(([digit, name]) => /^[0-9a-f]$/.test(digit) && isHash(name)))
      return { kind: "branch", children: new Map(children as [string, string][]) };
  }
  const isTrie = value?.entries !== undefined || value?.children !== undefined;
  const namespaces = isTrie ? undefined : parseNamespaces(value);
  if (namespaces) return { kind: "namespaces", namespaces };
  throw new FetchFailed(
    "malformed",
    `The object ${sha256} is neither a leaf nor a branch nor a list of namespaces.`,
  );
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
