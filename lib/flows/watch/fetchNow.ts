import type { Actor } from "#lib/core/Actor.ts";
import type { ClientFilter } from "#lib/core/clientFilter/ClientFilter.ts";
import { may, requirePermission } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { findByIds } from "#lib/db/byIds.ts";
import { clientsMatching, requireVisits } from "#lib/db/queries/requireVisits.ts";
import { note } from "#lib/flows/note.ts";

export type FetchNowInput = { readonly ids: readonly string[] } | { readonly filter: ClientFilter };

/**
 * Makes clients due at once: the worker reads them whole, within the budgets of their hosts. Says how many they are.
 * An outcome on its way is dropped. Owners may ask for their own; who may register, for any.
 */
export async function fetchNow(ctx: Context, actor: Actor, input: FetchNowInput): Promise<number> {
  if ("filter" in input) {
    requirePermission(actor, "register");
    if (input.filter.redirect.length > 0)
      throw new Refusal("invalid_input", "Clients cannot be fetched by what their redirects look like.", {
        filter: "Leave out redirect: or choose the clients.",
      });
  }
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock();
    const clients =
      "filter" in input
        ? await clientsMatching(tx, input.filter, now)
        : await findByIds(tx, "client", [...new Set(input.ids)]);
    if ("ids" in input) {
      if (clients.length < new Set(input.ids).size)
        throw new Refusal("not_found", "One of these clients is not in the inventory.");
      for (const client of clients) refuseStranger(actor, client as { ownerTeamId?: string | null });
    }
    const [first] = clients;
    if (!first) return 0;
    await requireVisits(
      tx,
      clients.map(({ id }) => id),
      now,
    );
    await note(ctx, tx, actor, {
      action: "client.fetch_required",
      subject: { kind: "client", id: first.id, name: first.clientId },
      detail: clients.length === 1 ? {} : { clients: clients.length, ids: clients.map(({ id }) => id) },
    });
    return clients.length;
  });
}

/** Refuses whoever may neither register clients nor owns this one. */
export function refuseStranger(actor: Actor, client: { readonly ownerTeamId?: string | null }): void {
  if (may(actor, "register")) return;
  const team = client.ownerTeamId;
  if (actor.kind === "person" && team && actor.teamIds.includes(team)) return;
  throw new Refusal("not_allowed", "Your role may not fetch documents.");
}
