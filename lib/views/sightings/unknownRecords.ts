import type { Actor } from "#lib/core/Actor.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { stillAsks } from "#lib/core/review/stillAsks.ts";
import type { Read } from "#lib/db/Database.ts";
import { findAll } from "#lib/db/rows.ts";
import { unknownClients, type UnknownLine } from "./unknownClients.ts";

type UnknownAsk = Parameters<typeof unknownClients>[3];

/** What the Unknown clients screen shows, as a program reads it: hosts with their clients, the most asked for first. */
export async function unknownRecords(db: Read, now: Instant, actor: Actor, ask: UnknownAsk) {
  const { hosts, matching, counts } = await unknownClients(db, now, actor, ask);
  return {
    hosts: hosts.map(({ host, clients, total, vendor, lines }) => ({
      host,
      clients,
      total,
      vendor,
      lines: lines.map(recordOf),
    })),
    matching,
    counts,
  };
}

function recordOf({ clientId, rowId, name, canBeClient, asideUntil, ...line }: UnknownLine) {
  const { firstAt, lastAt, total, passed, refused, servers, looksLike, redirects, scopes, resources } = line;
  return {
    clientId,
    /** Its row in the inventory, where its document was looked for. */
    id: rowId,
    name,
    canBeClient,
    firstAt,
    lastAt,
    total,
    passed,
    refused,
    servers,
    looksLike,
    redirects,
    scopes,
    resources,
    /** Shown again once it was met so often; null: it is shown. A count, no moment. */
    asideBelow: asideUntil,
  };
}

/** Hosts whose clients every list refuses, with who asked to lift that. */
export async function hostBlockRecords(db: Read) {
  const [blocks, people] = await Promise.all([findAll(db, "hostBlock"), findAll(db, "person")]);
  const byId = new Map(people.map((person) => [person.id, person]));
  return blocks
    .map(({ host, reason, at, blockedBy, liftAskedBy }) => {
      const asker = byId.get(liftAskedBy ?? "");
      return {
        host,
        reason,
        at,
        blocker: byId.get(blockedBy ?? "")?.name ?? null,
        liftAsker: asker && stillAsks(asker) ? asker.name : null,
      };
    })
    .toSorted((a, b) => (a.host < b.host ? -1 : 1));
}
