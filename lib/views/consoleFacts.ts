import type { PersonActor } from "#lib/core/Actor.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { cannotBeRead } from "#lib/core/sync/cannotBeRead.ts";
import { countClientGroups } from "#lib/db/queries/countClientGroups.ts";
import { countWaitingFindings } from "#lib/db/queries/findingTotals.ts";
import { countReleases } from "#lib/db/queries/listReleases.ts";
import { countUnknownClients } from "#lib/db/queries/unknownClients.ts";
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
  /** Clients that servers met and nobody asked for. */
  readonly unknown: number;
  readonly releases: number;
  readonly servers: number;
  readonly reviewers: number;
  /** Everybody who votes: reviewers and administrators. */
  readonly voters: number;
  /** Names of notification channels that do not get through, or switched themselves off. */
  readonly failingChannels: readonly string[];
  /** What is wrong with the installation itself, newest first. */
  readonly troubles: readonly { readonly key: string; readonly sentence: string }[];
}

export async function consoleFacts(
  db: Read,
  now: Instant,
  person: PersonActor,
  solo: boolean,
): Promise<ConsoleFacts> {
  const [waiting, groups, findings, releases, consumers, people, channels, conditions, unknown] =
    await Promise.all([
      inbox(db, now, person, solo),
      countClientGroups(db),
      countWaitingFindings(db),
      countReleases(db),
      findAll(db, "consumer"),
      findAll(db, "person", { active: true }),
      findAll(db, "channel", { removedAt: null }),
      findAll(db, "condition", { ok: false }),
      countUnknownClients(db),
    ]);
  const reviewers = people.filter((each) => each.role === "reviewer").length;
  return {
    inbox: waiting.items.filter((item) => item.part !== "mine").length,
    clients: groups.reduce((sum, group) => sum + group.clients, 0),
    unknown,
    findings: findings.waiting,
    criticalFindings: findings.critical > 0,
    unreachable: groups
      .filter(
        ({ lifecycle, sync, owned }) =>
          lifecycle !== "retired" && (owned || lifecycle !== "discovered") && cannotBeRead(sync),
      )
      .reduce((sum, group) => sum + group.clients, 0),
    releases: [...releases.values()].reduce((sum, n) => sum + n, 0),
    servers: consumers.length,
    reviewers,
    voters: reviewers + people.filter((each) => each.role === "admin").length,
    failingChannels: channels
      .filter((each) => (each.active ? each.failingSince !== null : each.offReason !== null))
      .map((each) => each.name)
      .sort(),
    troubles: conditions.sort((a, b) => b.since - a.since).map(({ key, sentence }) => ({ key, sentence })),
  };
}
