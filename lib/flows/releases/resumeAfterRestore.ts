import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { newestKeySet } from "#lib/db/queries/newestKeySet.ts";
import { find, remove, update } from "#lib/db/rows.ts";
import { aheadKey, restoredKey, seenAhead } from "./guardRestored.ts";
import { note } from "#lib/flows/note.ts";
import { scheduleRelease } from "./scheduleRelease.ts";

const resumeInput = z.object({ audience: z.string(), reason: reasonInput });

/**
 * Goes on publishing a list after its database was restored from a backup: the next release follows the newest one that
 * a server has, in seq and in rev, and is compiled from the whole inventory. `audience` is the list's name in URLs. That an
 * administrator says so makes up for a proof: what one server says is enough here.
 */
export async function resumeAfterRestore(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof resumeInput>,
): Promise<{ seq: number }> {
  requirePermission(actor, "administer");
  const asked = parseInput(resumeInput, input);
  return ctx.db.transaction(async (tx) => {
    const audience = await find(tx, "audience", { slug: asked.audience });
    if (!audience)
      throw new Refusal("not_found", `There is no authorization server called ${asked.audience}.`);
    const last = await latestHead(tx, audience.id);
    const epoch = (await newestKeySet(tx))?.epoch ?? audience.epoch;
    const ahead = await seenAhead(tx, audience, last, epoch);
    if (!ahead)
      throw new Refusal(
        "conflict",
        `No server has a newer release of ${audience.slug} than this database. There is nothing to resume.`,
      );
    await update(
      tx,
      "audience",
      { id: audience.id },
      { resumeAfterSeq: ahead.seq, resumeAfterRev: ahead.rev, revision: audience.revision + 1 },
    );
    // The line of the journal says more than a condition that is well again.
    for (const key of [restoredKey(audience), aheadKey(audience)]) await remove(tx, "condition", { key });
    await note(ctx, tx, actor, {
      action: "list.resumed",
      subject: { kind: "audience", id: audience.id, name: audience.slug },
      detail: {
        after: ahead.seq,
        own: last?.seq ?? null,
        servers: ahead.servers,
        because: ahead.because,
        reason: asked.reason,
      },
    });
    await scheduleRelease(ctx, tx, "resumed after a restored backup", 0, "all", audience.id);
    return { seq: ahead.seq + 1 };
  });
}
