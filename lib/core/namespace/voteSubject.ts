import type { VoteSubject } from "#lib/core/review/mayVote.ts";
import type { NamespaceConstraints, NamespaceState } from "./Namespace.ts";
import { namespaceDigest } from "./namespaceDigest.ts";
import { isOpen } from "./standing.ts";

/** What `mayVote` asks about. Whoever edits what is asked for becomes the one who asked. */
export function voteSubject(namespace: {
  readonly pattern: string;
  readonly state: NamespaceState;
  readonly constraints: NamespaceConstraints;
  readonly proposed: NamespaceConstraints | null;
  readonly validDays: number;
  readonly requestedBy: string | null;
}): VoteSubject {
  const { requestedBy, state } = namespace;
  return {
    state: isOpen(namespace) ? "open" : state,
    requestedBy,
    lastEditedBy: requestedBy,
    digest: namespaceDigest(namespace),
  };
}
