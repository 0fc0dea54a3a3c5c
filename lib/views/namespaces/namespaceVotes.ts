import { visibleText } from "#lib/core/document/visibleText.ts";
import { voteSubject } from "#lib/core/namespace/voteSubject.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

/** Votes on what is asked for now or was asked last, oldest first; `counts`: not void, and on what waits. */
export async function namespaceVotes(db: Read, namespace: Row<"namespace">) {
  const votes = await findAll(db, "namespaceVote", { namespaceId: namespace.id });
  const { digest } = voteSubject(namespace);
  return Promise.all(
    votes
      .filter((vote) => vote.at >= namespace.requestedAt)
      .toSorted((a, b) => a.at - b.at)
      .map(async (vote) => ({
        personId: vote.personId,
        person: (await find(db, "person", { id: vote.personId }))?.name ?? "Somebody",
        verdict: vote.verdict,
        reason: visibleText(vote.reason, 500),
        at: vote.at,
        counts: vote.voidedAt === null && vote.digest === digest,
      })),
  );
}
