import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { driftSeverities } from "#lib/core/drift/Drift.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import type { OutageKind } from "#lib/core/sync/RecentDigest.ts";
import type { Read } from "#lib/db/Database.ts";
import {
  changesSince,
  clientsThatChanged,
  clientsUnreadSince,
  countDrift,
  outagesSince,
  someApprovedClients,
  stripClients,
  type SeenChange,
} from "#lib/db/queries/driftSince.ts";
import type { Row } from "#lib/db/rows.ts";

/** All that a document did on one day. */
export interface DriftDay {
  /** Place in `days`. */
  readonly day: number;
  /** Of the worst change of the day. */
  readonly severity: DriftSeverity;
  readonly changes: number;
  /** The worst change in words. */
  readonly message: string;
  readonly at: Instant;
  /** Numbers of the snapshots before and after the worst change. */
  readonly before: number | null;
  readonly after: number | null;
}

/** Days in a row in which it could not be read, for a part of the day at least. */
export interface UnreadDays {
  readonly from: number;
  readonly to: number;
  readonly kind: OutageKind;
  readonly since: Instant;
  readonly until: Instant | null;
}

export interface DriftRow {
  readonly client: { readonly id: string; readonly clientId: string; readonly name: string };
  /** The first day on which it was in the inventory. */
  readonly known: number;
  readonly drift: readonly DriftDay[];
  readonly unread: readonly UnreadDays[];
}

export interface DriftStrip {
  readonly now: Instant;
  /** The beginning of each day (UTC), oldest first; the last is today. */
  readonly days: readonly Instant[];
  readonly rows: readonly DriftRow[];
  readonly changed: number;
  readonly unread: number;
  /** Clients that changed, or could not be read, and are not among the rows: at least so many. */
  readonly more: number;
}

const stripDays = 42;
const mostRows = 12;
/** With fewer rows than this, clients without news show what quiet looks like. */
const fewestRows = 6;

/** Client × day, the last six weeks: serious changes first, then what could not be read, then the rest. */
export async function driftStrip(db: Read, now: Instant): Promise<DriftStrip> {
  const today = Math.floor(now / day);
  const first = today - stripDays + 1;
  const since = first * day;
  const [changed, unread, counts] = await Promise.all([
    clientsThatChanged(db, since, mostRows),
    clientsUnreadSince(db, since, mostRows),
    countDrift(db, since),
  ]);
  const serious = (worst: number) => worst <= driftSeverities.indexOf("medium");
  const wanted = new Set([
    ...changed.filter(({ worst }) => serious(worst)).map(({ id }) => id),
    ...unread,
    ...changed.map(({ id }) => id),
  ]);
  if (wanted.size < fewestRows)
    for (const id of await someApprovedClients(db, fewestRows + wanted.size))
      if (wanted.size < fewestRows) wanted.add(id);
  const ids = [...wanted].slice(0, mostRows);
  const [clients, changes, outages] = await Promise.all([
    stripClients(db, ids),
    changesSince(db, ids, since, 2_000),
    outagesSince(db, ids, since),
  ]);
  const rows = ids.flatMap((id): DriftRow[] => {
    const client = clients.get(id);
    if (!client) return [];
    return [
      {
        client: { id, clientId: client.clientId, name: visibleText(client.name, 60) },
        known: Math.max(0, Math.floor(client.createdAt / day) - first),
        drift: driftDays(
          changes.filter(({ change }) => change.clientRowId === id),
          first,
        ),
        unread: unreadDays(
          outages.filter((outage) => outage.clientRowId === id),
          first,
          now,
        ),
      },
    ];
  });
  const shownChanged = rows.filter((row) => row.drift.length > 0).length;
  const shownUnread = rows.filter((row) => row.unread.length > 0).length;
  return {
    now,
    days: Array.from({ length: stripDays }, (_, at) => (first + at) * day),
    rows,
    changed: counts.changed,
    unread: counts.unread,
    more: Math.max(0, counts.changed - shownChanged, counts.unread - shownUnread),
  };
}

function driftDays(changes: readonly SeenChange[], first: number): DriftDay[] {
  const rank = (severity: DriftSeverity) => driftSeverities.indexOf(severity);
  const byDay = new Map<number, DriftDay>();
  for (const { change, before, after } of changes) {
    const at = Math.floor(change.at / day) - first;
    const other = byDay.get(at);
    const worst = change.changes.find((each) => each.severity === change.severity) ?? change.changes[0];
    const count = (other?.changes ?? 0) + Math.max(1, change.changes.length);
    byDay.set(
      at,
      other && rank(other.severity) <= rank(change.severity)
        ? { ...other, changes: count }
        : {
            day: at,
            severity: change.severity,
            changes: count,
            message: visibleText(worst?.message ?? "The document changed.", 300),
            at: change.at,
            before,
            after,
          },
    );
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

function unreadDays(outages: readonly Row<"outage">[], first: number, now: Instant): UnreadDays[] {
  const runs: UnreadDays[] = [];
  for (const { kind, startedAt, endedAt } of outages) {
    const from = Math.max(0, Math.floor(startedAt / day) - first);
    const to = Math.floor((endedAt ?? now) / day) - first;
    const last = runs.at(-1);
    if (last && last.kind === kind && from <= last.to)
      runs[runs.length - 1] = { ...last, to: Math.max(to, last.to), until: endedAt };
    else runs.push({ from, to, kind, since: startedAt, until: endedAt });
  }
  return runs;
}
