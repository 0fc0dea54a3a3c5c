import type { PersonActor } from "#lib/core/Actor.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { mayVote } from "#lib/core/review/mayVote.ts";
import type { Context } from "#lib/context.ts";
import type { Row } from "#lib/db/rows.ts";

/** Refuses a vote that cannot count: of who may not vote, on a document that moved on or that nobody can approve. */
export function refuseVote(
  ctx: Context,
  actor: PersonActor,
  asked: { verdict: "approve" | "deny"; digest: string },
  request: Row<"request">,
  client: Row<"client">,
  snapshot: Row<"snapshot">,
): void {
  const subject = { ...request, lastEditedBy: client.lastEditedBy, digest: snapshot.digest };
  const refused = mayVote(actor, subject, asked.digest, ctx.config.solo);
  if (refused) {
    const code =
      refused.obstacle === "document_changed"
        ? "stale"
        : refused.obstacle === "closed"
          ? "conflict"
          : "not_allowed";
    throw new Refusal(code, refused.sentence);
  }
  if (request.expiresAt <= ctx.clock()) throw new Refusal("conflict", "This request has run out. Ask again.");
  if (asked.verdict === "deny") return;
  if (snapshot.errors > 0) {
    const first = snapshot.results.find((result) => result.severity === "error");
    throw new Refusal(
      "not_ready",
      `This document is invalid and cannot be approved: ${first?.message ?? ""}`,
    );
  }
  if (
    snapshot.metadata.token_endpoint_auth_method === "private_key_jwt" &&
    !snapshot.keys.some((key) => key.jkt)
  )
    throw new Refusal(
      "not_ready",
      "The client signs with a key, but its key set could not be read, so nothing could be pinned. Fetch it again, then vote.",
    );
  if (client.liveSnapshotId !== snapshot.id)
    throw new Refusal(
      "stale",
      "The live document is no longer the one you looked at. Look again, then vote: your reason is kept.",
    );
}
