import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "./requireClient.ts";
import { takeCopy } from "#lib/flows/watch/takeCopy.ts";
import { refuseReadable } from "./uploadSnapshot.ts";

/** How long a copy is vouched for. */
export const attestedFor = 30 * day;

const attestInput = z.object({
  attestationId: z.string(),
  verdict: z.enum(["attested", "refused"], {
    error: "Say attested if it is what the owner publishes, else refused.",
  }),
  reason: reasonInput,
});

/**
 * A second person compares an uploaded copy with what the owner publishes. Attested, it is the live document from now on,
 * with everything that follows from a change: growth waits, what was lost leaves the lists. It is to be compared again
 * within thirty days, and gives way as soon as the document itself can be read.
 */
export async function attestSnapshot(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof attestInput>,
): Promise<{ state: "attested" | "refused"; renewBy: number | null }> {
  const { attestationId, verdict, reason } = parseInput(attestInput, input);
  if (actor.kind !== "person" || (actor.role !== "reviewer" && actor.role !== "admin"))
    throw new Refusal("not_allowed", "Only reviewers and administrators compare copies.");
  return ctx.db.transaction(async (tx) => {
    const waiting = await find(tx, "attestation", { id: attestationId });
    if (!waiting) throw new Refusal("not_found", "There is no such copy.");
    if (waiting.state !== "waiting")
      throw new Refusal("conflict", `This copy was already ${waiting.state}. Look at the newest one.`);
    if (waiting.uploadedBy === actor.id && !ctx.config.solo)
      throw new Refusal("not_allowed", "You uploaded this copy, so someone else must compare it.");
    const client = await requireClient(tx, waiting.clientRowId);
    const snapshot = await find(tx, "snapshot", { id: waiting.snapshotId });
    if (!snapshot) throw new Error("An attestation without its snapshot.");
    const now = ctx.clock();
    const renewBy = verdict === "attested" ? now + attestedFor : null;
    if (verdict === "attested") {
      refuseReadable(client);
      await refuseGone(tx, waiting.uploadedBy);
      const earlier = await findAll(tx, "attestation", { clientRowId: client.id, state: "attested" });
      for (const { id, revision } of earlier)
        await update(tx, "attestation", { id }, { state: "replaced", revision: revision + 1 });
    }
    await update(
      tx,
      "attestation",
      { id: waiting.id },
      {
        state: verdict,
        decidedBy: actor.id,
        decidedAt: now,
        decidedReason: reason,
        renewBy,
        revision: waiting.revision + 1,
      },
    );
    await note(ctx, tx, actor, {
      action: `copy.${verdict}`,
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { snapshot: snapshot.number, digest: snapshot.digest, reason },
    });
    if (verdict === "attested") await takeCopy(ctx, tx, client, snapshot);
    return { state: verdict, renewBy };
  });
}

/** Two people vouch for a copy: one who has left since vouches for nothing. */
async function refuseGone(db: Read, uploadedBy: string | null): Promise<void> {
  const uploader = uploadedBy === null ? undefined : await find(db, "person", { id: uploadedBy });
  if (!uploader?.active || uploader.role === "auditor")
    throw new Refusal(
      "conflict",
      "Whoever uploaded this copy is not here any more. Upload what you see yourself.",
    );
}
