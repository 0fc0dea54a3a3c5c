import type { Actor } from "#lib/core/Actor.ts";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { failingClientIds } from "#lib/db/queries/requireVisits.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { refreshClient, type Refreshed } from "./refreshClient.ts";

export interface FetchedClient extends Refreshed {
  readonly clientId: string;
  /** What this look opened, or found again. */
  readonly findings: readonly { number: number; rule: string; severity: DriftSeverity; message: string }[];
}

/**
 * Fetches clients one after another, now, and takes in what they say. `unreachable` adds all whose last fetch failed.
 * @throws Refusal before anything is fetched when a client_id is not in the inventory
 */
export async function fetchClients(
  ctx: Context,
  actor: Actor,
  input: { readonly clientIds: readonly string[]; readonly unreachable?: boolean },
  tell: (fetched: FetchedClient) => Promise<void>,
): Promise<void> {
  const failing = input.unreachable ? await failingClientIds(ctx.db) : [];
  const rows: { id: string; clientId: string }[] = [];
  for (const clientId of new Set([...input.clientIds, ...failing])) {
    const row = await find(ctx.db, "client", { clientId });
    if (!row) throw new Refusal("not_found", `${clientId} is not in the inventory.`);
    rows.push(row);
  }
  for (const { id, clientId } of rows) {
    const before = new Set((await standing(ctx, id)).map(({ number }) => number));
    const refreshed = await refreshClient(ctx, actor, { id });
    const findings = (await standing(ctx, id))
      .filter(({ number }) => !before.has(number))
      .map(({ number, rule, severity, message }) => ({ number, rule, severity, message }));
    await tell({ clientId, ...refreshed, findings });
  }
}

async function standing(ctx: Context, clientRowId: string) {
  return findAll(ctx.db, "finding", { clientRowId, state: "open" });
}
