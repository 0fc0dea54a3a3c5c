import type { Actor } from "#lib/core/Actor.ts";
import type { Grant } from "#lib/core/client.ts";
import { requestLifetime } from "#lib/core/review/transitions.ts";
import { requiredVotes } from "#lib/core/review/requiredVotes.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { nextRequestNumber } from "#lib/db/queries/nextNumber.ts";
import { insert, update, type Row } from "#lib/db/rows.ts";
import type { RequestKind } from "#lib/db/schema.ts";
import { judgeRisk } from "./judgeRisk.ts";
import { note } from "#lib/flows/note.ts";

/** Opens a request inside the caller's transaction and says its number. An `approve` makes the client pending. */
export async function draftRequest(
  ctx: Context,
  tx: Write,
  actor: Actor,
  proposal: {
    client: Row<"client">;
    kind: RequestKind;
    snapshot: Row<"snapshot">;
    grants: readonly Grant[];
    validDays: number;
    reason: string;
  },
): Promise<number> {
  const now = ctx.clock();
  const { client, kind, snapshot } = proposal;
  const number = await nextRequestNumber(tx);
  const risk = await judgeRisk(tx, { ...client, ...proposal, metadata: snapshot.metadata });
  await insert(tx, "request", {
    id: ctx.newId(),
    number,
    clientRowId: client.id,
    kind,
    state: "open",
    snapshotId: snapshot.id,
    grants: proposal.grants,
    validDays: proposal.validDays,
    reason: proposal.reason,
    requiredVotes: requiredVotes(
      risk.tier,
      actor.kind === "person" ? { active: true, role: actor.role } : undefined,
    ),
    requestedBy: actor.kind === "person" ? actor.id : null,
    requestedAt: now,
    expiresAt: now + requestLifetime,
    revision: 1,
  });
  await update(
    tx,
    "client",
    { id: client.id },
    {
      ...(kind === "approve"
        ? { lifecycle: "pending" as const, lifecycleReason: null, lifecycleAt: now }
        : {}),
      liveSnapshotId: client.liveSnapshotId,
      updatedAt: now,
      revision: client.revision + 1,
    },
  );
  await note(ctx, tx, actor, {
    action: "request.opened",
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: {
      number,
      kind,
      digest: snapshot.digest,
      grants: proposal.grants,
      validDays: proposal.validDays,
      reason: proposal.reason,
    },
  });
  return number;
}
