import type { PersonActor } from "#lib/core/Actor.ts";
import { stillAsks } from "#lib/core/review/stillAsks.ts";
import { twoAgree } from "#lib/core/review/twoAgree.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import type { InboxItem } from "./InboxItem.ts";

/** What somebody asked to undo, and another person has to confirm: the block of a host, the rollback of a list. */
export async function askedItems(db: Read, person: PersonActor): Promise<InboxItem[]> {
  if (person.role === "auditor") return [];
  const items: InboxItem[] = [];
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
  const note = own
    ? "Asked by you · another person confirms"
    : `Asked by ${asker.name} · confirm it or keep it`;
  return [{ ...item, part: own ? "mine" : "decide", severity: "high", note }];
}
