import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { hour } from "#lib/core/Instant.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { firstHeadOfRev } from "#lib/db/queries/listReleases.ts";
import { find, update, type Row } from "#lib/db/rows.ts";
import { changedByHold } from "./changedByHold.ts";
import { collectableSince } from "./collectObjects.ts";
import { note } from "#lib/flows/note.ts";
import { scheduleRelease, type Changed } from "./scheduleRelease.ts";

const holdInput = z.object({
  audienceId: z.string(),
  epoch: z.number().int().min(1),
  rev: z.number().int().min(1),
  reason: z.string().trim().min(3, "Say why: everybody who looks at the list will read it.").max(500),
});

/**
 * Rolls a list back: from the next release on nothing is allowed that the given release does not allow, and nothing that was
 * suspended or narrowed since comes back. Trust only shrinks by it, so one person may do it; `letGoOfRelease` takes two.
 */
export async function holdRelease(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof holdInput>,
): Promise<void> {
  requirePermission(actor, "shrink");
  if (actor.kind !== "person") throw new Refusal("not_allowed", "A person rolls a list back, not a token.");
  const { audienceId, epoch, rev, reason } = parseInput(holdInput, input);
  const foreseen = await foresee(ctx.db, audienceId, epoch, rev);
  await ctx.db.transaction(async (tx) => {
    const audience = await requireAudience(tx, audienceId);
    const head = await firstHeadOfRev(tx, audience.id, epoch, rev);
    if (!head) throw new Refusal("not_found", `${audience.name} never had a release ${rev}.`);
    const latest = await latestHead(tx, audience.id);
    if (latest && latest.epoch === epoch && latest.rev === rev)
      throw new Refusal("conflict", `Release ${rev} is the newest already: there is nothing to roll back.`);
    if (!(await isKept(ctx, tx, head)))
      throw new Refusal(
        "not_ready",
        `What release ${rev} said is not stored any more: it was replaced too long ago. Choose a newer one.`,
      );
    if (audience.heldHeadId) await requireNarrower(tx, audience, head);
    await update(
      tx,
      "audience",
      { id: audience.id },
      {
        heldHeadId: head.id,
        heldWithin: audience.heldHeadId ? [audience.heldHeadId, ...(audience.heldWithin ?? [])] : null,
        heldBy: actor.id,
        heldAt: ctx.clock(),
        heldReason: reason,
        releaseAskedBy: null,
        revision: audience.revision + 1,
      },
    );
    const changed = foreseen && foreseen.newest === latest?.id ? foreseen.changed : "all";
    await scheduleRelease(ctx, tx, `rolled back to release ${rev}`, 0, changed, audience.id);
    await note(ctx, tx, actor, {
      action: "release.rolled_back",
      subject: { kind: "audience", id: audience.id, name: audience.slug },
      detail: { rev, epoch, root: head.root, reason },
    });
  });
}

/** Which clients it will concern, if `newest` is the newest head still: asked before, for it may read many objects. */
async function foresee(
  db: Read,
  audienceId: string,
  epoch: number,
  rev: number,
): Promise<{ newest: string; changed: Changed } | undefined> {
  const [held, newest] = await Promise.all([
    firstHeadOfRev(db, audienceId, epoch, rev),
    latestHead(db, audienceId),
  ]);
  return held && newest && { newest: newest.id, changed: await changedByHold(db, newest, held) };
}

/** Near its end an object may go while somebody is about to need it. */
const spare = hour;

/** Whether what the release says is stored, and will be until the collection sees that it is needed. */
async function isKept(ctx: Context, db: Read, { root, ns }: Row<"head">): Promise<boolean> {
  for (const sha of ns ? [root, ns] : [root]) {
    const stored = await find(db, "allowlistObject", { sha });
    if (!stored || (stored.unneededSince ?? Infinity) < collectableSince(ctx) + spare) return false;
  }
  return true;
}

/**
 * From one held release to another, one person goes backwards only. The first one goes on to count: an older release may
 * allow what was refused by the time of the newer.
 */
async function requireNarrower(db: Read, audience: Row<"audience">, head: Row<"head">): Promise<void> {
  const held = await find(db, "head", { id: audience.heldHeadId ?? "" });
  if (held && (head.epoch < held.epoch || (head.epoch === held.epoch && head.rev < held.rev))) return;
  throw new Refusal(
    "conflict",
    `The list is held at release ${held?.rev} already. Let go of that first: a newer one may allow more.`,
  );
}

export async function requireAudience(db: Read, id: string): Promise<Row<"audience">> {
  const audience = await find(db, "audience", { id });
  if (!audience) throw new Refusal("not_found", "There is no such list.");
  return audience;
}
