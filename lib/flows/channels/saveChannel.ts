import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { driftSeverities } from "#lib/core/drift/Drift.ts";
import { requirePermission } from "#lib/core/may.ts";
import { signingSecret } from "#lib/core/notice/signingSecret.ts";
import { topicGroups } from "#lib/core/notice/topicGroups.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { nameInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { failDeliveries } from "#lib/db/queries/moveDeliveries.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireChannel, requireKind } from "./requireChannel.ts";

const groups = topicGroups.map((group) => group.id);
const channelInput = z.object({
  /** Absent: a new one. */
  id: z.string().optional(),
  /** Of the channel that was read; absent: whatever stands there is replaced. */
  revision: z.coerce.number().optional(),
  name: nameInput,
  kind: z.string({ error: "Choose a kind." }),
  settings: z.record(z.string(), z.unknown()),
  minimumSeverity: z
    .enum(driftSeverities as ["info"], { error: "Choose a severity." })
    .default("medium" as "info"),
  topics: z.array(z.enum(groups, { error: `One of ${groups.join(", ")}.` })).default([]),
  teamId: z.string().nullish(),
  active: z.boolean().default(true),
});

export type ChannelInput = Omit<z.input<typeof channelInput>, "minimumSeverity"> & {
  readonly minimumSeverity?: Row<"channel">["minimumSeverity"];
};

/**
 * Adds a channel or changes one. Secrets that are left out stay as they are; a kind that signs gets a secret of our
 * making, which is in the answer this once.
 */
export async function saveChannel(
  ctx: Context,
  actor: Actor,
  input: ChannelInput,
): Promise<{ id: string; secret?: string }> {
  requirePermission(actor, "administer");
  const asked = parseInput(channelInput, input);
  const kind = requireKind(ctx, asked.kind);
  const id = asked.id ?? ctx.newId();
  const made = kind.signs && !asked.id ? signingSecret(ctx.newToken()) : undefined;
  await ctx.db.transaction(async (tx) => {
    const known = asked.id ? await requireChannel(tx, asked.id) : undefined;
    if (known && known.kind !== kind.kind)
      throw new Refusal("conflict", "A channel keeps its kind. Add another one and remove this one.");
    if (known && asked.revision !== undefined && asked.revision !== known.revision)
      throw new Refusal(
        "stale",
        "Somebody changed this channel meanwhile. Reload to see it, then save again.",
      );
    await requireFree(tx, asked.name, known);
    if (asked.teamId && !(await find(tx, "team", { id: asked.teamId })))
      throw new Refusal("invalid_input", "There is no such team.", { teamId: "There is no such team." });
    const settings = settingsOf(kind, asked.settings, known, made);
    const row = {
      name: asked.name,
      kind: kind.kind,
      settings,
      minimumSeverity: asked.minimumSeverity,
      topics: asked.topics,
      teamId: asked.teamId || null,
      active: asked.active,
      offReason: asked.active ? null : (known?.offReason ?? null),
    };
    if (known) {
      await update(tx, "channel", { id }, { ...row, revision: known.revision + 1 });
      if (known.active && !row.active) await failDeliveries(tx, id, "The channel was switched off.");
    } else
      await insert(tx, "channel", {
        ...row,
        id,
        createdBy: actor.kind === "person" ? actor.id : null,
        createdAt: ctx.clock(),
        revision: 1,
      });
    const { name, minimumSeverity, topics, teamId, active } = row;
    await note(ctx, tx, actor, {
      action: known ? "channel.changed" : "channel.added",
      subject: { kind: "channel", id, name },
      detail: { kind: kind.kind, where: kind.where(settings), minimumSeverity, topics, teamId, active },
    });
  });
  return made ? { id, secret: made } : { id };
}

/** The settings as the kind reads them, with the secrets that stay. */
function settingsOf(
  kind: Context["notify"]["kinds"][number],
  asked: Readonly<Record<string, unknown>>,
  known: Row<"channel"> | undefined,
  made: string | undefined,
): Readonly<Record<string, unknown>> {
  // A form sends an empty text for what was left out.
  const merged = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
  const own = kind.signs ? ["secret", "previousSecret", "previousSecretUntil"] : [];
  for (const name of own) delete merged[name];
  for (const name of new Set([...own, ...kind.secrets]))
    if (!merged[name] && known?.settings[name] !== undefined) merged[name] = known.settings[name];
  if (made) merged["secret"] = made;
  return parseInput(z.object({ settings: kind.settings }), { settings: merged }).settings;
}

async function requireFree(tx: Write, name: string, known: Row<"channel"> | undefined): Promise<void> {
  const other = await find(tx, "channel", { name });
  if (other && other.id !== known?.id)
    throw new Refusal("conflict", `There is already a channel called ${name}.`, { name: "Taken." });
}
