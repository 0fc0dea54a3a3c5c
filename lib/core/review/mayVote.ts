import type { PersonActor } from "../Actor.ts";

/** What decides whether a person may vote on a request. */
export interface VoteSubject {
  readonly state: string;
  readonly requestedBy: string | null;
  readonly lastEditedBy: string | null;
  /** Digest of the snapshot the request is about now. */
  readonly digest: string;
}

export type VoteObstacle = "closed" | "role" | "requester" | "last_editor" | "document_changed";

const sentences: Record<VoteObstacle, string> = {
  closed: "This request is already decided.",
  role: "Only reviewers and administrators vote.",
  requester: "You asked for this, so someone else must decide.",
  last_editor: "You were the last to edit this client, so someone else must decide.",
  document_changed:
    "The document changed while you were reading. Look at the new one, then vote again: your reason is kept.",
};

/**
 * Why the person may not vote on this document, or undefined when they may. Growing trust takes two people:
 * neither the requester nor the last editor counts. `solo` lifts that for installations with one reviewer.
 */
export function mayVote(
  person: PersonActor,
  subject: VoteSubject,
  seenDigest: string,
  solo: boolean,
): { obstacle: VoteObstacle; sentence: string } | undefined {
  const obstacle = obstacleOf(person, subject, seenDigest, solo);
  return obstacle && { obstacle, sentence: sentences[obstacle] };
}

function obstacleOf(
  person: PersonActor,
  subject: VoteSubject,
  seen: string,
  solo: boolean,
): VoteObstacle | undefined {
  if (subject.state !== "open") return "closed";
  if (person.role !== "reviewer" && person.role !== "admin") return "role";
  if (!solo && subject.requestedBy === person.id) return "requester";
  if (!solo && subject.lastEditedBy === person.id) return "last_editor";
  if (seen !== subject.digest) return "document_changed";
  return undefined;
}
