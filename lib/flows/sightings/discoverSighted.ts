import { systemActor } from "#lib/core/Actor.ts";
import { day, hour } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { discoveredSince, dueDiscoveries, putOffDiscoveries } from "#lib/db/queries/discoveries.ts";
import { find, insert, type NewRow, type Row } from "#lib/db/rows.ts";
import { checkByText } from "#lib/flows/clients/checkByText.ts";
import { namespaceOf } from "#lib/flows/namespaces/namespaceOf.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";

const atOnce = 20;

/**
 * Takes client_ids that servers met into the inventory as discovered, so that their documents are read and reviewers have
 * something to look at: up to the configured number a day, a tenth of it of one host. What cannot be a client, or is a
 * child of a namespace, stays a sighting only. Says how many came in.
 */
export async function discoverSighted(ctx: Context): Promise<number> {
  const now = ctx.clock();
  const due = await dueDiscoveries(ctx.db, now, atOnce);
  if (due.length === 0) return 0;
  return ctx.db.transaction(async (tx) => {
    const today = await discoveredSince(tx, now - day);
    let room = ctx.config.discoverPerDay - [...today.values()].reduce((sum, each) => sum + each, 0);
    const perHost = Math.ceil(ctx.config.discoverPerDay / 10);
    const settled: string[] = [];
    const later: string[] = [];
    let came = 0;
    for (const seen of due) {
      if (!(await canCome(tx, seen))) settled.push(seen.clientId);
      else if (room <= 0 || (today.get(seen.host) ?? 0) >= perHost) later.push(seen.clientId);
      else {
        await discover(ctx, tx, seen);
        settled.push(seen.clientId);
        today.set(seen.host, (today.get(seen.host) ?? 0) + 1);
        room--;
        came++;
      }
    }
    await putOffDiscoveries(tx, settled, null);
    await putOffDiscoveries(tx, later, now + hour);
    return came;
  });
}

async function canCome(tx: Write, { clientId, host }: Row<"seenClient">): Promise<boolean> {
  if (host === "" || (await find(tx, "client", { clientId }))) return false;
  if (await find(tx, "hostBlock", { host })) return false;
  if (await namespaceOf(tx, clientId)) return false;
  const results = await checkByText(tx, { clientId, profile: "ietf" });
  return !results.some(({ severity }) => severity === "error");
}

/** Writes the row of a client that nobody asked for; its document is read with the next beat. */
export async function discover(
  ctx: Context,
  tx: Write,
  { clientId, host, domain }: Row<"seenClient">,
): Promise<Row<"client">> {
  const now = ctx.clock();
  const client: NewRow<"client"> = {
    id: ctx.newId(),
    clientId,
    host,
    domain,
    name: host,
    profile: "ietf",
    lifecycle: "discovered",
    lifecycleAt: now,
    sync: "never_fetched",
    // Looked at after everybody who is trusted.
    riskTier: "low",
    riskReasons: ["low: Nobody asked for it: a server met it."],
    selfApproved: false,
    failures: 0,
    nextFetchAt: clientId.startsWith("https://") ? now : null,
    createdAt: now,
    updatedAt: now,
    revision: 1,
  };
  await insert(tx, "client", client);
  await note(ctx, tx, systemActor, {
    action: "client.discovered",
    subject: { kind: "client", id: client.id, name: clientId },
    detail: { why: "An authorization server met it." },
  });
  return requireClient(tx, client.id);
}
