import type { PersonActor } from "#lib/core/Actor.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { stillAsks } from "#lib/core/review/stillAsks.ts";
import { twoAgree } from "#lib/core/review/twoAgree.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import type { InboxItem } from "./InboxItem.ts";

/**
 * What somebody asked for and another person has to confirm: to lift the block of a host, to end the rollback of a list,
 * to expect a key, to let somebody decide about trust.
 */
export async function askedItems(
  db: Read,
  now: Instant,
  person: PersonActor,
  solo: boolean,
): Promise<InboxItem[]> {
  if (person.role === "auditor" || solo) return [];
  const items = [...(await announcedItems(db, now, person)), ...(await roleItems(db, now, person))];
  for (const { host, liftAskedBy, at } of await findAll(db, "hostBlock")) {
    const asker = await askerOf(db, liftAskedBy);
    if (!asker) continue;
    items.push(
      ...itemFor(person, asker, {
        key: `host:${host}`,
        title: `${host}: lift the block of the host?`,
        at,
        subject: { kind: "host", host },
      }),
    );
  }
  for (const { id, slug, name, releaseAskedBy, heldHeadId, heldAt } of await findAll(db, "audience")) {
    const asker = heldHeadId === null ? undefined : await askerOf(db, releaseAskedBy);
    if (!asker) continue;
    items.push(
      ...itemFor(person, asker, {
        key: `release:${id}`,
        title: `${name}: end the rollback of its list?`,
        at: heldAt ?? 0,
        subject: { kind: "release", slug },
      }),
    );
  }
  return items;
}

async function announcedItems(db: Read, now: Instant, person: PersonActor): Promise<InboxItem[]> {
  const items: InboxItem[] = [];
  const open = { withdrawnAt: null, matchedAt: null, confirmedBy: null };
  for (const { id, clientRowId, announcedBy, expectedBy, at } of await findAll(db, "announcement", open)) {
    if (expectedBy < now || announcedBy === null) continue;
    const [client, asker] = [
      await find(db, "client", { id: clientRowId }),
      await find(db, "person", { id: announcedBy }),
    ];
    if (!client || client.lifecycle === "retired" || !asker?.active) continue;
    items.push(
      ...itemFor(person, asker, {
        key: `key:${id}`,
        title: `${visibleText(client.name, 80)}: expect the key that was announced?`,
        at,
        subject: { kind: "key", id: clientRowId },
      }),
    );
  }
  return items;
}

/** Nobody confirms their own role. */
async function roleItems(db: Read, now: Instant, person: PersonActor): Promise<InboxItem[]> {
  const items: InboxItem[] = [];
  for (const { id, name, active, askedRole, askedRoleBy } of await findAll(db, "person")) {
    const asker = active && askedRole !== null ? await askerOf(db, askedRoleBy) : undefined;
    if (!asker || id === person.id) continue;
    items.push(
      ...itemFor(person, asker, {
        key: `role:${id}`,
        title: `${visibleText(name, 80)}: confirm the role of ${askedRole === "admin" ? "administrator" : askedRole}?`,
        at: now,
        subject: { kind: "person", id },
      }),
    );
  }
  return items;
}

async function askerOf(db: Read, id: string | null): Promise<Row<"person"> | undefined> {
  const person = id === null ? undefined : await find(db, "person", { id });
  return person && stillAsks(person) ? person : undefined;
}

function itemFor(
  person: PersonActor,
  asker: Row<"person">,
  item: Pick<InboxItem, "key" | "title" | "at" | "subject">,
): InboxItem[] {
  const own = asker.id === person.id;
  if (!own && !twoAgree(asker, { ...person, active: true })) return [];
  const { kind } = item.subject;
  const key = kind === "key";
  const words = key
    ? "confirmed, nobody is asked when it appears"
    : kind === "person"
      ? "confirm it or refuse it"
      : "confirm it or keep it";
  const note = own ? "Asked by you · another person confirms" : `Asked by ${asker.name} · ${words}`;
  return [{ ...item, part: own ? "mine" : "decide", severity: key ? "medium" : "high", note }];
}
