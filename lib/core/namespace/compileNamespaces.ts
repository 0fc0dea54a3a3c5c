import canonicalize from "canonicalize";
import { objectMaxBytes, type TrieNode } from "#lib/core/allowlist/trieNode.ts";
import type { GrantEntry, NamespaceEntry } from "#lib/core/allowlist/wire.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { bySpecificity } from "./bySpecificity.ts";
import { intersectNamespaces, isUsable } from "./intersectNamespaces.ts";
import type { NamespaceConstraints, NamespaceState } from "./Namespace.ts";
import { overlaps } from "./overlaps.ts";
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
 * was said about it alone must win over what was said about all. Undefined: nothing is said about any.
 */
export function compileNamespaces(input: {
  readonly namespaces: readonly CompilableNamespace[];
  /** Client_ids below the patterns that were decided on individually. */
  readonly decided: readonly string[];
  /** What older releases said that the list is rolled back to: nothing that any of them does not allow is allowed. */
  readonly held?: readonly (readonly NamespaceEntry[])[];
  readonly salt?: string;
  readonly now: Instant;
}): TrieNode | undefined {
  const entries = (input.held ?? []).reduce<readonly NamespaceEntry[]>(
    intersectNamespaces,
    entriesOf(input.namespaces, input.now),
  );
  if (entries.length === 0) return undefined;
  const decided = entries.some(({ status }) => status === "allow") ? input.decided : [];
  const denies = decided.map((pattern): NamespaceEntry => ({
    pattern,
    status: "deny",
    reason: "decided_by_itself",
  }));
  const own = new Set(decided);
  const node = nodeOf(
    bySpecificity([...denies, ...entries.filter(({ pattern }) => !own.has(pattern))]),
    input.salt,
  );
  if (new TextEncoder().encode(node.body).length <= objectMaxBytes) return node;
  // More exceptions than an object holds: refusing all is safe, admitting one of them is not.
  const closed = input.namespaces
    .filter(({ approvedAt }) => approvedAt !== null)
    .map(({ pattern, number }) => denied(pattern, "too_many_exceptions", number));
  return nodeOf(bySpecificity(closed), input.salt);
}

/** What is refused is named where it once counted, and where a broader pattern would admit its clients. */
function entriesOf(namespaces: readonly CompilableNamespace[], now: Instant): NamespaceEntry[] {
  const once = namespaces.filter(({ approvedAt }) => approvedAt !== null);
  const said = once.map((each) => ({ here: each.grants.length > 0, entry: entryOf(each, now) }));
  const allowed = said.filter(({ entry }) => entry.status === "allow");
  return said.flatMap(({ here, entry }) =>
    here || allowed.some((other) => overlaps(other.entry.pattern, entry.pattern)) ? entry : [],
  );
}

function entryOf(namespace: CompilableNamespace, now: Instant): NamespaceEntry {
  const { pattern, constraints, validUntil, grants, number } = namespace;
  const standing = standingOf(namespace, now);
  if (standing !== "approved") return denied(pattern, reasons[standing] ?? standing, number);
  const entry: NamespaceEntry = {
    pattern,
    status: "allow",
    redirect_hosts: [...constraints.redirectHosts],
    loopback: constraints.loopback,
    token_endpoint_auth_methods: [...constraints.methods],
    ...(constraints.keyHost === undefined ? {} : { jwks_host: constraints.keyHost }),
    grant_types: [...constraints.grantTypes],
    grants: grants.map(({ resource, scopes }) => ({ resource, scopes: [...scopes] })),
    ...(validUntil === null ? {} : { exp: Math.floor(validUntil / second) }),
    ref: refOf(number),
  };
  return isUsable(entry) ? entry : denied(pattern, "nothing_left", number);
}

/** Words for the server's log. A retired namespace that somebody asks for again is refused until people have agreed. */
const reasons: Readonly<Record<string, string>> = {
  full: "too_many_children",
  pending: "retired",
  denied: "retired",
  withdrawn: "retired",
};

const refOf = (number: number) => `namespace ${number}`;

function denied(pattern: string, reason: string, number: number): NamespaceEntry {
  return { pattern, status: "deny", reason, ref: refOf(number) };
}

function nodeOf(namespaces: readonly NamespaceEntry[], salt: string | undefined): TrieNode {
  const body = canonicalize({ v: 1, namespaces, ...(salt ? { salt } : {}) }) as string;
  return { sha256: sha256Hex(body), body };
}
