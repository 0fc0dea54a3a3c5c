import type { PersonActor } from "#lib/core/Actor.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import { cannotBeRead } from "#lib/core/sync/cannotBeRead.ts";
import type { Read } from "#lib/db/Database.ts";
import { listStandingCopies } from "#lib/db/queries/listUnreadClients.ts";
import { find, type Row } from "#lib/db/rows.ts";
import type { InboxItem } from "./InboxItem.ts";

/** So long before its date a copy is to be compared again. */
const ahead = 7 * day;

/**
 * Copies that wait for a second person, for whoever may compare them; copies whose date comes near or has passed, for
 * whoever may upload what the document says now.
 */
export async function copyItems(
  db: Read,
  now: Instant,
  person: PersonActor,
  solo: boolean,
): Promise<InboxItem[]> {
  const standing = await listStandingCopies(db);
  const renewed = new Set(standing.filter(isWaiting).map(({ clientRowId }) => clientRowId));
  const items: InboxItem[] = [];
  for (const copy of standing) {
    const due = copy.renewBy !== null && copy.renewBy - ahead <= now && !renewed.has(copy.clientRowId);
    if (!isWaiting(copy) && !due) continue;
    const client = await find(db, "client", { id: copy.clientRowId });
    if (!client || client.lifecycle === "retired" || !cannotBeRead(client.sync)) continue;
    if (isWaiting(copy)) items.push(...(await waitingItem(db, copy, client, person, solo)));
    else if (copy.snapshotId === client.liveSnapshotId) items.push(...dueItem(copy, client, person, now));
  }
  return items;
}

async function waitingItem(
  db: Read,
  copy: Row<"attestation">,
  client: Row<"client">,
  person: PersonActor,
  solo: boolean,
): Promise<InboxItem[]> {
  const own = copy.uploadedBy === person.id;
  const compares = may(person, "review") && (solo || !own);
  if (!compares && !own) return [];
  const uploader = await find(db, "person", { id: copy.uploadedBy });
  return [
    {
      key: copy.id,
      part: compares ? "copies" : "mine",
      severity: client.riskTier,
      title: `${visibleText(client.name, 80)}: a copy of its document waits to be compared`,
      note: own
        ? "Uploaded by you · somebody else compares it"
        : `Uploaded by ${uploader?.name ?? "somebody"} · compare it with what the owner publishes`,
      at: copy.uploadedAt,
      subject: { kind: "copy", id: client.id },
    },
  ];
}

function dueItem(
  copy: Row<"attestation">,
  client: Row<"client">,
  person: PersonActor,
  now: Instant,
): InboxItem[] {
  const own = client.ownerTeamId !== null && person.teamIds.includes(client.ownerTeamId);
  if (person.role === "auditor" || (!own && !may(person, "shrink"))) return [];
  const late = (copy.renewBy ?? 0) <= now;
  return [
    {
      key: copy.id,
      part: "copies",
      severity: late ? "high" : "medium",
      title: `${visibleText(client.name, 80)}: ${late ? "nobody vouches for the copy of its document any more" : "its copy is to be compared again"}`,
      note: `Upload what the document says now · ${late ? "was due" : "by"} ${new Date(copy.renewBy ?? 0).toISOString().slice(0, 10)}`,
      at: (copy.renewBy ?? 0) - ahead,
      subject: { kind: "copy", id: client.id },
    },
  ];
}

function isWaiting({ state }: Row<"attestation">): boolean {
  return state === "waiting";
}
