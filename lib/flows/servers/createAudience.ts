import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { nameInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { newestKeySet } from "#lib/db/queries/newestKeySet.ts";
import { find, insert } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { resourceInput } from "./saveResource.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";

const audienceInput = z.object({
  slug: z
    .string({ error: "Enter a short name for URLs." })
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
      "Use 1 to 40 lower-case letters, digits and hyphens, such as prod-eu.",
    ),
  name: nameInput,
  issuer: z
    .url({ protocol: /^https?$/, error: "Enter the issuer identifier: an absolute URL." })
    .optional()
    .or(z.literal("")),
  isPrivate: z.boolean().default(true),
  resources: z
    .array(resourceInput)
    .max(100, "At most 100 resources at once; add the rest afterwards.")
    .refine(
      (resources) => new Set(resources.map(({ uri }) => uri)).size === resources.length,
      "A resource stands twice.",
    )
    .default([]),
});

/** Makes an authorization server (or a group of them) an audience with a list of its own; its first release is due at once. */
export async function createAudience(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof audienceInput>,
): Promise<{ id: string }> {
  requirePermission(actor, "manage_audiences");
  const asked = parseInput(audienceInput, input);
  return ctx.db.transaction(async (tx) => {
    if (await find(tx, "audience", { slug: asked.slug }))
      throw new Refusal("conflict", `There is already an authorization server called ${asked.slug}.`, {
        slug: "Taken. Choose another.",
      });
    const now = ctx.clock();
    const id = ctx.newId();
    await insert(tx, "audience", {
      id,
      slug: asked.slug,
      name: asked.name,
      issuer: asked.issuer || null,
      isPrivate: asked.isPrivate,
      // Nobody may confirm a guessed object of a private list by its hash.
      salt: asked.isPrivate ? ctx.newToken().slice(0, 22) : null,
      // A server that follows the root takes lists of the newest key set's epoch only.
      epoch: (await newestKeySet(tx))?.epoch ?? 1,
      createdAt: now,
      revision: 1,
    });
    await insert(
      tx,
      "resource",
      ...asked.resources.map((resource) => ({
        ...resource,
        id: ctx.newId(),
        audienceId: id,
        createdAt: now,
      })),
    );
    await note(ctx, tx, actor, {
      action: "audience.created",
      subject: { kind: "audience", id, name: asked.slug },
      detail: {
        name: asked.name,
        issuer: asked.issuer,
        isPrivate: asked.isPrivate,
        resources: asked.resources,
      },
    });
    await scheduleRelease(ctx, tx, "first release", 0, "all", id);
    return { id };
  });
}
