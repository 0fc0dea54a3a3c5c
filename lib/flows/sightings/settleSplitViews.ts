import { systemActor } from "#lib/core/Actor.ts";
import { base64UrlToHex } from "#lib/core/keySet/base64url.ts";
import { minute, second, type Instant } from "#lib/core/Instant.ts";
import { sightCauses } from "#lib/core/watch/sight/sightCauses.ts";
import type { SightSubject } from "#lib/core/watch/sight/SightSubject.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { documentsReadHere, keysReadHere, shownKey } from "#lib/db/queries/knownToUs.ts";
import { requireVisits } from "#lib/db/queries/requireVisits.ts";
import { dueSplitViews, firstReadAt, lastKeySetFetch } from "#lib/db/queries/splitViews.ts";
import { find, findAll, remove, update, type Row } from "#lib/db/rows.ts";
import { isDoubtable } from "./doubtSightings.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { namespaceOf } from "#lib/flows/namespaces/namespaceOf.ts";
import { resolveFindings } from "#lib/flows/findings/resolveFindings.ts";

type Doubt = Row<"splitView">;

/** Looks of ours that must not have shown it, and how far apart they are: a document may be changing just then. */
const looksNeeded = 2;
const between = minute;
const betweenUnsteady = 60 * minute;
/** How often it is asked whether the look has been; whether what stands has been read since. */
const askEvery = 5 * second;
const askStandingEvery = 10 * minute;
/** So long a document that cannot be read here is waited for. */
const patience = 7 * 24 * 60 * minute;
const most = 200;

/**
 * Settles doubts about what servers met: what has been read here by now is forgotten and its finding resolved; what two
 * whole looks in a row, a minute apart, did not show is a finding. Says how many were settled.
 */
export async function settleSplitViews(ctx: Context): Promise<number> {
  let settled = 0;
  for (const { id } of await dueSplitViews(ctx.db, ctx.clock(), most))
    if (await ctx.db.transaction((tx) => settle(ctx, tx, id))) settled++;
  return settled;
}

async function settle(ctx: Context, tx: Write, id: string): Promise<boolean> {
  const doubt = await find(tx, "splitView", { id });
  const client = doubt && (await find(tx, "client", { id: doubt.clientRowId }));
  if (!doubt || !client) return false;
  const now = ctx.clock();
  const later = (change: Partial<Doubt>) => update(tx, "splitView", { id }, change);
  const settled = async (why: string) => {
    await remove(tx, "splitView", { id });
    const isIt = ({ rule, value }: Row<"finding">) => rule === ruleOf(doubt) && value === doubt.digest;
    await resolveFindings(ctx, tx, client, systemActor, why, isIt);
    return true;
  };
  if (await isReadHere(tx, doubt)) return settled("It has been read here since: the server saw it first.");
  const isChild = (await namespaceOf(tx, client.clientId)) !== undefined;
  if (!isDoubtable(client, isChild)) return settled("No server is to trust this client any more.");
  if (doubt.state === "standing") {
    await later({ nextLookAt: now + askStandingEvery });
    await keepFindings(ctx, tx, client, "sight", sightCauses(await subjectsOf(tx, client.id)));
    return false;
  }
  if (now - doubt.askedAt > patience || now - doubt.firstAt > 3 * patience)
    return settled("It could not be read here twice alike.");
  // Something else was read a moment ago and is being confirmed, or nothing could be read at all.
  if (client.lookAgainAt !== null || !(await wasLookedAt(tx, client, doubt))) {
    await later({ nextLookAt: now + askEvery });
    return false;
  }
  const isSteady = doubt.readDigest === null || doubt.readDigest === client.bodyDigest;
  // A document that is another one with each look shows nobody anything twice.
  const looks = isSteady || doubt.kind === "key" ? doubt.looks + 1 : 1;
  const seen = { looks, readDigest: client.bodyDigest };
  if (looks < looksNeeded) {
    const pause = isSteady ? between : betweenUnsteady;
    await later({ ...seen, askedAt: now, nextLookAt: now + pause });
    await requireVisits(tx, [client.id], now + pause);
    return false;
  }
  await later({ ...seen, state: "standing", nextLookAt: now + askStandingEvery });
  await keepFindings(ctx, tx, client, "sight", sightCauses(await subjectsOf(tx, client.id)));
  return true;
}

function ruleOf({ kind }: Pick<Doubt, "kind">): string {
  return kind === "key" ? "sight.key-never-seen" : "sight.document-never-seen";
}

async function isReadHere(db: Read, { clientRowId, kind, digest: said }: Doubt): Promise<boolean> {
  const digest = kind === "key" ? said : (base64UrlToHex(said) ?? "");
  const asked = { clientRowId, digest };
  const known = kind === "key" ? await keysReadHere(db, [asked]) : await documentsReadHere(db, [asked]);
  return known.has(shownKey(asked));
}

/** Whether document and, for a key, key set were read whole since it was asked for. */
async function wasLookedAt(db: Read, client: Row<"client">, { kind, askedAt }: Doubt): Promise<boolean> {
  if (client.lastUnconditionalAt === null || client.lastUnconditionalAt < askedAt) return false;
  if (kind !== "key") return true;
  const keySet = await lastKeySetFetch(db, client.id, askedAt);
  return keySet === undefined || keySet === "ok" || keySet === "not_modified";
}

async function subjectsOf(db: Read, clientRowId: string): Promise<SightSubject[]> {
  const standing = await findAll(db, "splitView", { clientRowId, state: "standing" });
  const readSince: Instant | null = await firstReadAt(db, clientRowId);
  const subjects: SightSubject[] = [];
  for (const { kind, digest, readDigest, consumerId, instance, firstAt } of standing) {
    const server = (await find(db, "consumer", { id: consumerId }))?.name ?? "unknown";
    subjects.push({ kind, digest, readDigest, server, instance, firstAt, readSince });
  }
  return subjects;
}
