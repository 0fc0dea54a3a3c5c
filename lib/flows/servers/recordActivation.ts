import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { countActivations } from "#lib/db/queries/reportBounds.ts";
import { find, insert, type Row } from "#lib/db/rows.ts";

/** Instances of one server that count towards one release: a server may make up any number of names. */
export const mostInstances = 500;

/** Notes when an instance first said that it runs a release of ours; what was never signed here is not noted. */
export async function recordActivation(
  ctx: Context,
  tx: Write,
  consumer: Row<"consumer">,
  said: { readonly instance: string; readonly digest: string; readonly activatedAt: number },
): Promise<void> {
  const head = await find(tx, "head", { audienceId: consumer.audienceId, digest: said.digest });
  if (!head) return;
  const { epoch, rev } = head;
  const { instance, activatedAt } = said;
  if (await find(tx, "activation", { consumerId: consumer.id, instance, epoch, rev })) return;
  if ((await countActivations(tx, { consumerId: consumer.id, epoch, rev })) >= mostInstances) return;
  await insert(tx, "activation", {
    id: ctx.newId(),
    audienceId: consumer.audienceId,
    consumerId: consumer.id,
    instance,
    epoch,
    rev,
    activatedAt,
    receivedAt: ctx.clock(),
  });
}
