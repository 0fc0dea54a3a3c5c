import { systemActor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { findAll, update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

/** The document itself was read: copies that people vouched for, or that wait for somebody who does, give way to it. */
export async function replaceCopies(ctx: Context, tx: Write, client: Row<"client">): Promise<void> {
  const now = ctx.clock();
  const copies = (await findAll(tx, "attestation", { clientRowId: client.id })).filter(
    ({ state }) => state === "attested" || state === "waiting",
  );
  if (copies.length === 0) return;
  for (const { id, revision, decidedAt } of copies)
    await update(
      tx,
      "attestation",
      { id },
      { state: "replaced", decidedAt: decidedAt ?? now, revision: revision + 1 },
    );
  await note(ctx, tx, systemActor, {
    action: "copy.replaced",
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: { copies: copies.length },
  });
}
