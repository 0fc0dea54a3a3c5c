import canonicalize from "canonicalize";
import { objectMaxBytes, type TrieNode } from "#lib/core/allowlist/trieNode.ts";
import type { GrantEntry, NamespaceEntry } from "#lib/core/allowlist/wire.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { bySpecificity } from "./bySpecificity.ts";
import type { NamespaceConstraints, NamespaceState } from "./Namespace.ts";
import { standingOf } from "./standing.ts";

export interface CompilableNamespace {
  readonly number: number;
  readonly pattern: string;
  readonly state: NamespaceState;
  readonly constraints: NamespaceConstraints;
  readonly proposed: NamespaceConstraints | null;
  readonly approvedAt: Instant | null;
  readonly validUntil: Instant | null;
  readonly fullAt: Instant | null;
  /** Its grants as they count at the audience. */
  readonly grants: readonly GrantEntry[];
}

/**
 * What one list says about namespaces, most specific first. One that was approved once and is not now stays as a deny, so
 * that a broader pattern never takes its clients over; so does every client that people decided on by itself, for what
 * was said about it alone must win over what was said about all.
 */
export function compileNamespaces(input: {
  readonly namespaces: readonly CompilableNamespace[];
  /** Client_ids below the patterns that were decided on individually. */
  readonly decided: readonly string[];
  readonly salt?: string;
  readonly now: Instant;
}): TrieNode | undefined {
  const entries = input.namespaces.flatMap((each) => entryOf(each, input.now));
  if (!entries.some((entry) => entry.status === "allow")) return undefined;
  const denies = input.decided.map((pattern): NamespaceEntry => ({
    pattern,
    status: "deny",
    reason: "decided_by_itself",
  }));
  const node = nodeOf(bySpecificity([...denies, ...entries]), input.salt);
  if (new TextEncoder().encode(node.body).length <= objectMaxBytes) return node;
  // More exceptions than an object holds: refusing all is safe, admitting one of them is not.
  const closed = entries.map(({ pattern, ref }) => ({ ...denied(pattern, "too_many_exceptions"), ref }));
  return nodeOf(bySpecificity(closed), input.salt);
}

function entryOf(namespace: CompilableNamespace, now: Instant): NamespaceEntry[] {
  const { pattern, constraints, approvedAt, validUntil, grants, number } = namespace;
  if (approvedAt === null) return [];
  const ref = `namespace ${number}`;
  const standing = standingOf(namespace, now);
  if (standing !== "approved") return [{ ...denied(pattern, reasons[standing] ?? standing), ref }];
  if (grants.length === 0) return [];
  return [
    {
      pattern,
      status: "allow",
      redirect_hosts: [...constraints.redirectHosts],
      loopback: constraints.loopback,
      token_endpoint_auth_methods: [...constraints.methods],
      ...(constraints.keyHost === undefined ? {} : { jwks_host: constraints.keyHost }),
      grant_types: [...constraints.grantTypes],
      grants: grants.map(({ resource, scopes }) => ({ resource, scopes: [...scopes] })),
      ...(validUntil === null ? {} : { exp: Math.floor(validUntil / second) }),
      ref,
    },
  ];
}

/** Words for the server's log. A retired namespace that somebody asks for again is refused until people have agreed. */
const reasons: Readonly<Record<string, string>> = {
  full: "too_many_children",
  pending: "retired",
  denied: "retired",
  withdrawn: "retired",
};

function denied(pattern: string, reason: string): NamespaceEntry {
  return { pattern, status: "deny", reason };
}

function nodeOf(namespaces: readonly NamespaceEntry[], salt: string | undefined): TrieNode {
  const body = canonicalize({ v: 1, namespaces, ...(salt ? { salt } : {}) }) as string;
  return { sha256: sha256Hex(body), body };
}
