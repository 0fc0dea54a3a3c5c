import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import { enrolmentOf } from "#lib/db/queries/enrolmentOf.ts";
import { find, insert } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

const consumerInput = z.object({
  audienceId: z.string(),
  name: z
    .string({ error: "Name the server." })
    .regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/,
      "Use 1 to 64 letters, digits, dots, hyphens and underscores, such as idp-eu-1.",
    ),
});

/**
 * Connects one server to an audience: an id and a token of its own, shown once, and the enrolment string that its
 * consumer starts from (docs/allowlist.md §2).
 */
export async function connectConsumer(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof consumerInput>,
): Promise<{ consumerId: string; token: string; enrolment: string }> {
  requirePermission(actor, "manage_audiences");
  const asked = parseInput(consumerInput, input);
  const token = `rcc_${ctx.newToken()}`;
  return ctx.db.transaction(async (tx) => {
    const audience = await find(tx, "audience", { id: asked.audienceId });
    if (!audience) throw new Refusal("not_found", "This authorization server is not known.");
    if (await find(tx, "consumer", { audienceId: audience.id, name: asked.name }))
      throw new Refusal("conflict", `A server called ${asked.name} is already connected.`, {
        name: "Taken. Choose another.",
      });
    const now = ctx.clock();
    const tokenId = ctx.newId();
    const consumerId = ctx.newId();
    await insert(tx, "apiToken", {
      id: tokenId,
      name: `${audience.slug} / ${asked.name}`,
      tokenHash: sha256Hex(token),
      role: "consumer",
      audienceId: audience.id,
      createdBy: actor.kind === "person" ? actor.id : null,
      createdAt: now,
    });
    await insert(tx, "consumer", {
      id: consumerId,
      audienceId: audience.id,
      name: asked.name,
      tokenId,
      createdAt: now,
    });
    await note(ctx, tx, actor, {
      action: "consumer.connected",
      subject: { kind: "audience", id: audience.id, name: audience.slug },
      detail: { consumerId, name: asked.name },
    });
    const enrolment = await enrolmentOf(tx, ctx.config.baseUrl, audience);
    return { consumerId, token, enrolment };
  });
}
