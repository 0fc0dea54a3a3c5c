import type { GrantEntry } from "#lib/core/allowlist/wire.ts";

/** What every client of a namespace must keep to; the ceiling of what any of them may have. */
export interface NamespaceConstraints {
  /** Hosts (with port, when not the default) that a child's https redirects may name, literally. */
  readonly redirectHosts: readonly string[];
  /** Whether redirects to the user's own machine (loopback) are admitted beside them. */
  readonly loopback: boolean;
  readonly methods: readonly string[];
  /** Host of a child's `jwks_uri`; absent: children may name none. */
  readonly keyHost?: string;
  readonly grantTypes: readonly string[];
  readonly grants: readonly GrantEntry[];
  /** The most children that may have been seen; the ones that come later are refused until somebody looks. */
  readonly mostChildren: number;
}

export const namespaceStates = [
  "pending",
  "approved",
  "denied",
  "withdrawn",
  "suspended",
  "retired",
] as const;
export type NamespaceState = (typeof namespaceStates)[number];
