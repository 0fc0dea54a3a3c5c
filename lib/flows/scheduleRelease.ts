import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, findAll, upsert } from "#lib/db/rows.ts";

/**
 * Leaves a due row per audience: the worker signs when its time comes. Approvals wait a moment so that several go out
 * together; whatever shrinks trust asks for no delay and pulls a waiting release forward.
 */
export async function scheduleRelease(
  ctx: Context,
  tx: Write,
  cause: string,
  delayMs: number,
): Promise<void> {
  const at = ctx.clock() + delayMs;
  for (const audience of await findAll(tx, "audience")) {
    const key = `publish:${audience.id}`;
    const waiting = await find(tx, "due", { key });
    if (waiting && waiting.at <= at && waiting.leasedUntil === null) continue;
    await upsert(tx, "due", "key", {
      key,
      kind: "publish",
      subject: audience.id,
      cause,
      at,
      leasedUntil: null,
    });
  }
}
