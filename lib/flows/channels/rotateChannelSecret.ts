import type { Actor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { requirePermission } from "#lib/core/may.ts";
import { signingSecret } from "#lib/core/notice/signingSecret.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireChannel, requireKind } from "./requireChannel.ts";

/** Makes a new signing secret, shown this once. The old one signs beside it for a day. */
export async function rotateChannelSecret(
  ctx: Context,
  actor: Actor,
  input: { id: string },
): Promise<{ secret: string; previousSecretUntil: number }> {
  requirePermission(actor, "administer");
  const secret = signingSecret(ctx.newToken());
  const previousSecretUntil = ctx.clock() + day;
  await ctx.db.transaction(async (tx) => {
    const channel = await requireChannel(tx, input.id);
    if (!requireKind(ctx, channel.kind).signs)
      throw new Refusal("conflict", "A channel of this kind signs nothing. Save another address instead.");
    const settings = {
      ...channel.settings,
      secret,
      previousSecret: channel.settings["secret"],
      previousSecretUntil,
    };
    await update(tx, "channel", { id: channel.id }, { settings, revision: channel.revision + 1 });
    await note(ctx, tx, actor, {
      action: "channel.secret_rotated",
      subject: { kind: "channel", id: channel.id, name: channel.name },
      detail: { previousSecretUntil },
    });
  });
  return { secret, previousSecretUntil };
}
