import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { dayText } from "#lib/core/keyTimeline/timeWords.ts";
import { readAnnouncedKey } from "#lib/core/keyTimeline/readAnnouncedKey.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { listKeyHolders } from "#lib/db/queries/listKeyHolders.ts";
import { find, findAll, insert, update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "./requireClient.ts";
import { requireStewardship } from "./requireStewardship.ts";

const announceInput = z.object({
  id: z.string(),
  /** An RFC 7638 thumbprint, or a public JWK: text or a value. */
  key: z.unknown(),
  note: z.string().trim().max(500, "At most 500 characters.").default(""),
  /** The last day on which it may appear, in UTC. */
  expectedBy: z
    .string({ error: "Say by which day it will be published." })
    .regex(/^\d{4}-\d{2}-\d{2}$/, "Give a day such as 2026-12-04.")
    .transform((text) => Date.parse(`${text}T23:59:59.999Z`))
    .refine((at) => !Number.isNaN(at), "There is no such day."),
});

/**
 * An owner says which key comes next and by when. Once a second person has confirmed it (`confirmAnnouncement`), nobody is
 * asked when it appears; until then it waits for a decision like any other. Only its thumbprint is kept. A private key is refused, and no part of it is kept or repeated.
 */
export async function announceKey(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof announceInput>,
): Promise<{ id: string; jkt: string }> {
  const read = readAnnouncedKey(input.key);
  if ("fault" in read) throw new Refusal("invalid_input", read.fault, { key: read.fault });
  const { jkt } = read;
  const asked = parseInput(announceInput, { ...input, key: undefined });
  const now = ctx.clock();
  const late =
    asked.expectedBy < now
      ? "That day is over. Name one that is still to come."
      : asked.expectedBy > now + 366 * day
        ? "That is more than a year away. Announce it when it is nearer."
        : undefined;
  if (late) throw new Refusal("invalid_input", late, { expectedBy: late });
  return ctx.db.transaction(async (tx) => {
    const client = await requireClient(tx, asked.id);
    const person = requireStewardship(actor, client, "announces keys of this client");
    const known = await find(tx, "clientKey", { clientRowId: client.id, jkt });
    const holders = await listKeyHolders(tx, [jkt]);
    const standing = (await findAll(tx, "announcement", { clientRowId: client.id, jkt })).some(
      ({ matchedAt, withdrawnAt }) => matchedAt === null && withdrawnAt === null,
    );
    const obstacle = known?.leakedAt
      ? `The private half of this key was published on ${dayText(known.leakedAt)}. It never counts again: make a new one.`
      : known && known.removedAt === null
        ? "This key is already published. An announcement comes before the key."
        : holders.some(({ clientRowId }) => clientRowId !== client.id)
          ? "Another client publishes this key. Two clients with one key can each sign as the other: make one of its own."
          : standing
            ? "This key is already announced."
            : undefined;
    if (obstacle) throw new Refusal("conflict", obstacle, { key: obstacle });
    const id = ctx.newId();
    await insert(tx, "announcement", {
      id,
      clientRowId: client.id,
      jkt,
      note: asked.note,
      expectedBy: asked.expectedBy,
      announcedBy: person.id,
      at: now,
    });
    await note(ctx, tx, actor, {
      action: "key.announced",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { jkt, expectedBy: asked.expectedBy, note: asked.note },
    });
    return { id, jkt };
  });
}

/** Takes an announcement back before its key appeared. */
export async function withdrawAnnouncement(
  ctx: Context,
  actor: Actor,
  input: { announcementId: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const announcement = await find(tx, "announcement", { id: input.announcementId });
    if (!announcement) throw new Refusal("not_found", "There is no such announcement.");
    const client = await requireClient(tx, announcement.clientRowId);
    requireStewardship(actor, client, "withdraws announcements of this client");
    if (announcement.matchedAt !== null)
      throw new Refusal("conflict", "The key has appeared, so there is nothing to take back.");
    if (announcement.withdrawnAt !== null) throw new Refusal("conflict", "It was already withdrawn.");
    await update(tx, "announcement", { id: announcement.id }, { withdrawnAt: ctx.clock() });
    await note(ctx, tx, actor, {
      action: "key.announcement_withdrawn",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { jkt: announcement.jkt },
    });
  });
}
