import type { PersonActor } from "#lib/core/Actor.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { cannotBeRead } from "#lib/core/sync/cannotBeRead.ts";
import { countClientGroups } from "#lib/db/queries/countClientGroups.ts";
import { countWaitingFindings } from "#lib/db/queries/findingTotals.ts";
import { countReleases } from "#lib/db/queries/listReleases.ts";
import { findAll } from "#lib/db/rows.ts";
import { inbox } from "./inbox.ts";

/** What stands around every screen: the counts of the sidebar, and how many people can review. */
export interface ConsoleFacts {
  readonly inbox: number;
  readonly clients: number;
  readonly findings: number;
  /** One of the findings is critical. */
  readonly criticalFindings: boolean;
  /** Clients whose document cannot be read. */
  readonly unreachable: number;
  readonly releases: number;
  readonly servers: number;
  readonly reviewers: number;
  /** Everybody who votes: reviewers and administrators. */
  readonly voters: number;
  /** Names of notification channels that do not get through, or switched themselves off. */
  readonly failingChannels: readonly string[];
}

export async function consoleFacts(
  db: Read,
  now: Instant,
  person: PersonActor,
  solo: boolean,
): Promise<ConsoleFacts> {
  const [waiting, groups, findings, releases, consumers, people, channels] = await Promise.all([
    inbox(db, now, person, solo),
    countClientGroups(db),
    countWaitingFindings(db),
    countReleases(db),
    findAll(db, "consumer"),
    findAll(db, "person", { active: true }),
    findAll(db, "channel", { removedAt: null }),
  ]);
  const reviewers = people.filter((each) => each.role === "reviewer").length;
  return {
    inbox: waiting.items.filter((item) => item.part !== "mine").length,
    clients: groups.reduce((sum, group) => sum + group.clients, 0),
    findings: findings.waiting,
    criticalFindings: findings.critical > 0,
    unreachable: groups
      .filter(({ lifecycle, sync }) => lifecycle !== "retired" && cannotBeRead(sync))
      .reduce((sum, group) => sum + group.clients, 0),
    releases: [...releases.values()].reduce((sum, n) => sum + n, 0),
    servers: consumers.length,
    reviewers,
    voters: reviewers + people.filter((each) => each.role === "admin").length,
    failingChannels: channels
      .filter((each) => (each.active ? each.failingSince !== null : each.offReason !== null))
      .map((each) => each.name)
      .sort(),
  };
}
