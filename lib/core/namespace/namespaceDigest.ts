import canonicalize from "canonicalize";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { NamespaceConstraints } from "./Namespace.ts";

/** What a vote on a namespace binds to: the pattern, what it would allow and for how long. */
export function namespaceDigest(asked: {
  readonly pattern: string;
  readonly constraints: NamespaceConstraints;
  readonly proposed: NamespaceConstraints | null;
  readonly validDays: number;
}): string {
  const { pattern, constraints, proposed, validDays } = asked;
  return sha256Hex(canonicalize({ pattern, constraints: proposed ?? constraints, validDays }) as string);
}
