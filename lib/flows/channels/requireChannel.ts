import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** The channel with this id, or a refusal. */
export async function requireChannel(db: Read, id: string): Promise<Row<"channel">> {
  const channel = await find(db, "channel", { id });
  if (channel && channel.removedAt === null) return channel;
  throw new Refusal("not_found", "There is no such channel.");
}

/** The kind of a channel, or a refusal. */
export function requireKind(ctx: Context, kind: string): Context["notify"]["kinds"][number] {
  const found = ctx.notify.kinds.find((each) => each.kind === kind);
  if (found) return found;
  const known = ctx.notify.kinds.map((each) => each.kind).join(", ");
  throw new Refusal("invalid_input", `There is no kind of channel named ${kind}. Known are: ${known}.`, {
    kind: `One of ${known}.`,
  });
}
