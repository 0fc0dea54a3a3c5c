import type { Actor } from "#lib/core/Actor.ts";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Context } from "#lib/context.ts";
import { find } from "#lib/db/rows.ts";
import { refuseStranger } from "./fetchNow.ts";
import { observeClient } from "./observeClient.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { takeObservation } from "./takeObservation.ts";

export interface Refreshed {
  readonly outcome: FetchOutcome;
  readonly sentence: string;
  /** Whether the document or its keys differ from what was live before. */
  readonly changed: boolean;
}

/** Fetches a client's document now and takes in what it says: the network first, the transaction last. */
export async function refreshClient(ctx: Context, actor: Actor, input: { id: string }): Promise<Refreshed> {
  const client = await requireClient(ctx.db, input.id);
  refuseStranger(actor, client);
  const live = client.liveSnapshotId
    ? await find(ctx.db, "snapshot", { id: client.liveSnapshotId })
    : undefined;
  // Whoever asks wants it read, not compared.
  const seen = { ...(await observeClient(ctx, { ...client, lastUnconditionalAt: null })), before: live };
  const { changed, waits } = await ctx.db.transaction(async (tx) => {
    const changed = await takeObservation(ctx, tx, seen);
    return { changed, waits: (await requireClient(tx, input.id)).lookAgainAt !== null };
  });
  const [answer, keys] = seen.observation.fetches;
  if (!answer) throw new Error("An observation without a fetch.");
  const read =
    keys && keys.outcome !== "ok" && keys.outcome !== "not_modified"
      ? `${answer.sentence} Key set: ${keys.sentence}`
      : answer.sentence;
  const sentence =
    waits && answer.outcome === "ok"
      ? `${read} It differs from what is live. That counts when a second look, within two minutes, shows it too.`
      : read;
  return { outcome: answer.outcome, sentence, changed };
}
