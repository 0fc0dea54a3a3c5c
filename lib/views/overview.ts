import type { PersonActor } from "#lib/core/Actor.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { countClientGroups } from "#lib/db/queries/countClientGroups.ts";
import { listOpenRequests } from "#lib/db/queries/listOpenRequests.ts";
import { findAll } from "#lib/db/rows.ts";
import { audienceStates, type AudienceState } from "./servers/audienceStates.ts";
import { driftStrip, type DriftStrip } from "./driftStrip.ts";
import { findingOverview, type FindingOverview } from "./findings/findingOverview.ts";
import { inbox } from "./inbox.ts";
import type { InboxItem } from "./InboxItem.ts";
import { worstFirst, type ServerState } from "./servers/serverState.ts";

export interface Overview {
  readonly now: Instant;
  readonly clients: { readonly all: number; readonly unowned: number };
  readonly review: { readonly open: number; readonly oldest: Instant | null };
  readonly held: number;
  readonly unread: { readonly all: number; readonly gone: number };
  readonly servers: { readonly all: number; readonly current: number; readonly worst: string | null };
  readonly findings: FindingOverview;
  readonly drift: DriftStrip;
  readonly waiting: readonly InboxItem[];
  readonly audiences: readonly AudienceState[];
  /** The three first steps of an installation. */
  readonly setup: { readonly server: boolean; readonly client: boolean; readonly reviewer: boolean };
}

/** The posture at a glance, what drifted, what is open, what waits for this person, and how far every release has come. */
export async function overview(
  db: Read,
  now: Instant,
  person: PersonActor,
  solo: boolean,
): Promise<Overview> {
  const [groups, open, waiting, audiences, people, findings, drift] = await Promise.all([
    countClientGroups(db),
    listOpenRequests(db),
    inbox(db, now, person, solo),
    audienceStates(db, now),
    findAll(db, "person", { active: true }),
    findingOverview(db, now),
    driftStrip(db, now),
  ]);
  const sum = (wanted: (group: (typeof groups)[number]) => boolean) =>
    groups.filter(wanted).reduce((n, group) => n + group.clients, 0);
  const servers = audiences.flatMap((audience) => audience.servers);
  const lagging = servers.filter((server) => server.condition !== "current").sort(worstFirst);
  const clients = sum(() => true);
  return {
    now,
    clients: { all: clients, unowned: sum((group) => !group.owned && group.lifecycle !== "discovered") },
    review: { open: open.length, oldest: open[0]?.request.requestedAt ?? null },
    held: sum((group) => group.sync === "held"),
    unread: {
      all: sum(
        ({ lifecycle, owned, sync }) =>
          (owned || lifecycle !== "discovered") && ["challenged", "unreachable", "gone"].includes(sync),
      ),
      gone: sum((group) => group.sync === "gone"),
    },
    servers: {
      all: servers.length,
      current: servers.length - lagging.length,
      worst: lagging[0] ? lagWords(lagging[0]) : null,
    },
    findings,
    drift,
    waiting: waiting.items.filter((item) => item.part !== "mine"),
    audiences,
    setup: {
      server: servers.length > 0,
      client: clients > 0,
      reviewer:
        people.some((each) => each.role === "reviewer" && each.id !== person.id) ||
        person.role === "reviewer",
    },
  };
}

function lagWords(server: ServerState): string {
  if (server.condition === "behind" && server.behind > 0) return `${server.name} is ${server.behind} behind`;
  return `${server.name}: ${lags[server.condition] ?? server.condition}`;
}

const lags: Partial<Record<ServerState["condition"], string>> = {
  divergent: "runs a foreign release",
  failing: "refuses the newest",
  stale: "not reporting",
  never: "never pulled",
  silent: "never reports",
};
