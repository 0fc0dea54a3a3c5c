import { type DriftSeverity, driftSeverities } from "#lib/core/drift/Drift.ts";
import type { Notice } from "./Notice.ts";
import { groupOf } from "./topicGroups.ts";

export interface Wish {
  readonly minimumSeverity: DriftSeverity;
  /** Groups of topics; empty: all. */
  readonly topics: readonly string[];
  /** Only what concerns this team's clients; null: everything. */
  readonly teamId: string | null;
}

/** Whether a channel asked for a notice. */
export function channelWants(wish: Wish, notice: Notice): boolean {
  return (
    driftSeverities.indexOf(notice.severity) <= driftSeverities.indexOf(wish.minimumSeverity) &&
    (wish.topics.length === 0 || wish.topics.includes(groupOf(notice.topic))) &&
    (wish.teamId === null || wish.teamId === notice.ownerTeamId)
  );
}
