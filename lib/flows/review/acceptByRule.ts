import { systemActor } from "#lib/core/Actor.ts";
import { membersOf } from "#lib/core/document/membersOf.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import type { Change } from "#lib/core/drift/Drift.ts";
import { stillExcluded } from "#lib/core/sync/stillExcluded.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

/** Makes the live snapshot the approved one without anybody: nothing in it needs a person. The approval's end stays. */
export async function acceptByRule(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  snapshot: Row<"snapshot">,
  { changes, asAnnounced }: { readonly changes: readonly Change[]; readonly asAnnounced: boolean },
): Promise<void> {
  const members = membersOf(snapshot.metadata);
  const approvedExcept = stillExcluded(client.approvedExcept, { members, keys: snapshot.keys });
  await update(
    tx,
    "client",
    { id: client.id },
    {
      approvedSnapshotId: snapshot.id,
      approvedExcept,
      sync: approvedExcept === null ? "in_sync" : client.sync,
      name: storableText(snapshot.metadata.client_name) || client.name,
      updatedAt: ctx.clock(),
    },
  );
  await note(ctx, tx, systemActor, {
    action: "client.change_accepted",
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: {
      snapshot: snapshot.number,
      digest: snapshot.digest,
      rule: asAnnounced ? "announced keys" : "harmless changes",
      changes: changes.map(({ rule, message }) => ({ rule, message })),
    },
  });
}
