import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { nameInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";

const scopesInput = z
  .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "A scope has no spaces and no quotes."))
  .max(500, "At most 500 scopes.");

export const resourceInput = z
  .object({
    /** The resource indicator (RFC 8707), compared as a string. */
    uri: z
      .url({ error: "Enter the resource indicator: an absolute URI." })
      .refine((uri) => !uri.includes("#"), "A resource indicator has no fragment (RFC 8707 §2)."),
    name: nameInput,
    scopes: scopesInput,
    sensitiveScopes: scopesInput.default([]),
  })
  .refine((resource) => resource.sensitiveScopes.every((scope) => resource.scopes.includes(scope)), {
    error: "Every sensitive scope must also stand among the scopes.",
    path: ["sensitiveScopes"],
  });

const saveInput = resourceInput.safeExtend({ audienceId: z.string() });

/**
 * Adds a resource to an authorization server, or changes the one with the same URI. A scope that it did not have counts for
 * what is approved from now on: naming scopes is one person's doing, and grows no release.
 */
export async function saveResource(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof saveInput>,
): Promise<{ id: string }> {
  requirePermission(actor, "manage_audiences");
  const asked = parseInput(saveInput, input);
  return ctx.db.transaction(async (tx) => {
    const audience = await find(tx, "audience", { id: asked.audienceId });
    if (!audience) throw new Refusal("not_found", "This authorization server is not known.");
    const known = await find(tx, "resource", { audienceId: audience.id, uri: asked.uri });
    const id = known?.id ?? ctx.newId();
    if (known)
      await update(
        tx,
        "resource",
        { id },
        {
          name: asked.name,
          scopes: asked.scopes,
          sensitiveScopes: asked.sensitiveScopes,
          scopesSince: scopesSince(known, asked.scopes, ctx.clock()),
        },
      );
    else await insert(tx, "resource", { ...asked, id, createdAt: ctx.clock() });
    await note(ctx, tx, actor, {
      action: known ? "resource.changed" : "resource.added",
      subject: { kind: "audience", id: audience.id, name: audience.slug },
      detail: { uri: asked.uri, scopes: asked.scopes, sensitiveScopes: asked.sensitiveScopes },
    });
    await scheduleRelease(
      ctx,
      tx,
      `resource ${asked.uri} ${known ? "changed" : "added"}`,
      ctx.config.approvalDelayMs,
      "all",
      audience.id,
    );
    return { id };
  });
}

/** A scope that was taken away and comes back is new, too. */
function scopesSince(
  known: Row<"resource">,
  scopes: readonly string[],
  now: Instant,
): Record<string, Instant> | null {
  const earlier = new Map(Object.entries(known.scopesSince ?? {}));
  const since = scopes.flatMap((scope) => {
    const at = known.scopes.includes(scope) ? earlier.get(scope) : now;
    return at === undefined ? [] : [[scope, at] as const];
  });
  return since.length > 0 ? Object.fromEntries(since) : null;
}
