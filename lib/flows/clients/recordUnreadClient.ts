import type { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { runChecks } from "#lib/core/check/runChecks.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { nextTry } from "#lib/core/schedule/nextTry.ts";
import type { Context } from "#lib/context.ts";
import { find, update } from "#lib/db/rows.ts";
import { followOutage } from "#lib/flows/watch/followOutage.ts";
import { note } from "#lib/flows/note.ts";
import { observeDocument } from "#lib/flows/watch/observeDocument.ts";
import { refuseKnown, registerInput, saveClient } from "./registerClient.ts";
import { logFetches } from "#lib/flows/watch/storeObservation.ts";

const recordInput = registerInput.pick({
  clientId: true,
  profile: true,
  ownerTeamId: true,
  sponsor: true,
  purpose: true,
  contract: true,
});

/**
 * Records a client whose host answers programs with a challenge instead of the document. It is discovered, not asked for:
 * once a copy of its document is attested, its approval can be requested.
 */
export async function recordUnreadClient(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof recordInput>,
): Promise<{ id: string }> {
  requirePermission(actor, "register");
  const asked = parseInput(recordInput, input);
  const byText = runChecks({ clientId: asked.clientId, profile: asked.profile }).find(
    (result) => result.severity === "error",
  );
  if (byText) throw new Refusal("invalid_input", byText.message, { clientId: byText.message });
  if (!(await find(ctx.db, "team", { id: asked.ownerTeamId })))
    throw new Refusal("invalid_input", "That team does not exist any more. Choose another.", {
      ownerTeamId: "Choose a team.",
    });
  await refuseKnown(ctx, asked.clientId);
  const observation = await observeDocument(ctx, asked);
  const [answer] = observation.fetches;
  if (answer?.outcome !== "challenged") {
    await ctx.db.transaction((tx) => logFetches(ctx, tx, null, observation));
    const why = observation.digest
      ? "The document can be read. Register the client with what it may reach."
      : `Only a document behind a challenge is recorded unread. ${answer?.sentence ?? ""}`;
    throw new Refusal("conflict", why, { clientId: why });
  }
  return ctx.db.transaction(async (tx) => {
    const risk = { tier: "high" as const, reasons: ["Its document could not be read yet."] };
    const client = await saveClient(ctx, tx, actor, asked, observation, risk);
    const now = ctx.clock();
    const unread = {
      sync: "challenged" as const,
      failures: 1,
      failingSince: now,
      nextFetchAt: nextTry(client.clientId, 1, now, answer.retryAfter),
    };
    await update(tx, "client", { id: client.id }, unread);
    await followOutage(ctx, tx, { ...client, ...unread, sync: "never_fetched" }, unread.sync);
    await logFetches(ctx, tx, client.id, observation);
    await note(ctx, tx, actor, {
      action: "client.recorded",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { ownerTeamId: asked.ownerTeamId, sponsor: asked.sponsor, why: answer.sentence },
    });
    return { id: client.id };
  });
}
