import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { contractInput, purposeInput, sponsorInput, teamInput } from "#lib/core/clientInput.ts";
import { may } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "./requireClient.ts";

const editInput = z.object({
  id: z.string(),
  revision: z.coerce.number().int(),
  ownerTeamId: teamInput.optional(),
  sponsor: sponsorInput.optional(),
  purpose: purposeInput.optional(),
  contract: contractInput.optional(),
});

/** Changes who answers for a client. The last editor cannot vote on it afterwards. */
export async function editClient(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof editInput>,
): Promise<void> {
  const { id, revision, ...asked } = parseInput(editInput, input);
  await ctx.db.transaction(async (tx) => {
    const client = await requireClient(tx, id);
    const own =
      actor.kind === "person" &&
      actor.role !== "auditor" &&
      client.ownerTeamId !== null &&
      actor.teamIds.includes(client.ownerTeamId);
    if (!own && !may(actor, "shrink"))
      throw new Refusal(
        "not_allowed",
        "Only the owner team, a reviewer or an administrator edits this client.",
      );
    if (asked.ownerTeamId && !(await find(tx, "team", { id: asked.ownerTeamId })))
      throw new Refusal("invalid_input", "That team does not exist.", { ownerTeamId: "Choose a team." });
    const change = {
      ...asked,
      // A token is nobody who could vote: the person who edited before stays the last editor.
      ...(actor.kind === "person" ? { lastEditedBy: actor.id } : {}),
      updatedAt: ctx.clock(),
      revision: revision + 1,
    };
    if ((await update(tx, "client", { id, revision }, change)) === 0)
      throw new Refusal(
        "stale",
        "Someone else changed this client meanwhile. Nothing you typed is lost: look at it again, then save.",
      );
    await note(ctx, tx, actor, {
      action: "client.edited",
      subject: { kind: "client", id, name: client.clientId },
      detail: asked,
    });
  });
}
