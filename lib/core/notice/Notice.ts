import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";

/** An event in words for people: what happened, to whom, how bad it is and where to look. Every text is safe to print. */
export interface Notice {
  /** Kind of event, e.g. `finding.opened`. */
  readonly topic: string;
  /** One line. */
  readonly title: string;
  /** What is so, in a sentence or two. */
  readonly sentence: string;
  readonly severity: DriftSeverity;
  /** Of the screen that shows it, beginning with a slash. */
  readonly path: string;
  readonly at: Instant;
  readonly client?: NoticeClient;
  readonly finding?: NoticeFinding;
  /** Number of the request it is about. */
  readonly request?: number;
  /** The team that answers for the client. */
  readonly ownerTeamId?: string;
  /** Who did it. */
  readonly by?: string;
}

export interface NoticeClient {
  /** Row id. */
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
}

export interface NoticeFinding {
  readonly number: number;
  readonly rule: string;
  readonly state: string;
  readonly host: string;
  /** Clients it speaks for. */
  readonly members: number;
}
