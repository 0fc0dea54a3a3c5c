import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Breaker } from "#lib/core/schedule/breaker.ts";
import type { Change, DriftEffect, DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { DeliveryState } from "#lib/core/notice/DeliveryState.ts";
import type { DismissReason, FindingProposal, FindingState } from "#lib/core/finding/Finding.ts";
import type { OutageKind } from "#lib/core/sync/RecentDigest.ts";
import type { Columns } from "./columns.postgres.ts";

/** A table that others point at, as far as pointing needs. */
interface Target {
  readonly id: AnyPgColumn;
}

/** The tables of the watch: what changed, what was found, keys over time, copies, channels, hosts. */
export function defineWatchTables(
  columns: Columns,
  { client, person, team }: Readonly<Record<"client" | "person" | "team", Target>>,
) {
  const { table, text, integer, flag, instant, json, index, uniqueIndex } = columns;

  /** Drift: how a live document came to differ from the one before it. */
  const change = table(
    "change",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      beforeId: text("before_id").notNull(),
      afterId: text("after_id").notNull(),
      /** Of the most serious of the changes. */
      severity: text("severity").$type<DriftSeverity>().notNull(),
      changes: json<readonly Change[]>("changes").notNull(),
      at: instant("at").notNull(),
    },
    (t) => [index("change_client_at").on(t.clientRowId, t.at), index("change_at").on(t.at)],
  );

  /** A time in which a document could not be read. */
  const outage = table(
    "outage",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      kind: text("kind").$type<OutageKind>().notNull(),
      startedAt: instant("started_at").notNull(),
      endedAt: instant("ended_at"),
    },
    (t) => [
      index("outage_client_started").on(t.clientRowId, t.startedAt),
      index("outage_ended").on(t.endedAt),
    ],
  );

  /** The life of one key at one client, by thumbprint. */
  const clientKey = table(
    "client_key",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      jkt: text("jkt").notNull(),
      kid: text("kid"),
      /** For people: "EC P-256", "RSA 2048". */
      kind: text("kind").notNull(),
      firstSeenAt: instant("first_seen_at").notNull(),
      /** The last document that still had it; for a key that is there, the client's last fetch says more. */
      lastSeenAt: instant("last_seen_at").notNull(),
      removedAt: instant("removed_at"),
      /** When it came back after it had been removed. */
      returnedAt: instant("returned_at"),
      /** When its private half was seen in public: it never counts again. */
      leakedAt: instant("leaked_at"),
      /** How long a successor had been visible when it was removed, and how long it should have been; milliseconds. */
      overlap: integer("overlap"),
      wantedOverlap: integer("wanted_overlap"),
    },
    (t) => [
      uniqueIndex("client_key_client_jkt").on(t.clientRowId, t.jkt),
      index("client_key_jkt").on(t.jkt),
      index("client_key_removed_first_seen").on(t.removedAt, t.firstSeenAt),
    ],
  );

  /** An owner says which key comes next. */
  const announcement = table(
    "announcement",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      jkt: text("jkt").notNull(),
      note: text("note").notNull(),
      /** The key should be in the key set by then. */
      expectedBy: instant("expected_by").notNull(),
      announcedBy: text("announced_by").references(() => person.id),
      at: instant("at").notNull(),
      /** The second person; without one the key waits for a decision like any other. */
      confirmedBy: text("confirmed_by").references(() => person.id),
      matchedAt: instant("matched_at"),
      missedAt: instant("missed_at"),
      withdrawnAt: instant("withdrawn_at"),
    },
    (t) => [index("announcement_client").on(t.clientRowId), index("announcement_jkt").on(t.jkt)],
  );

  /** A copy of a document that we cannot read ourselves, uploaded by one person and compared by another. */
  const attestation = table(
    "attestation",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      snapshotId: text("snapshot_id").notNull(),
      state: text("state").$type<"waiting" | "attested" | "refused" | "replaced">().notNull(),
      note: text("note").notNull(),
      uploadedBy: text("uploaded_by")
        .notNull()
        .references(() => person.id),
      uploadedAt: instant("uploaded_at").notNull(),
      decidedBy: text("decided_by").references(() => person.id),
      decidedAt: instant("decided_at"),
      decidedReason: text("decided_reason"),
      /** The copy is to be compared again by then. */
      renewBy: instant("renew_by"),
      revision: integer("revision").notNull(),
    },
    (t) => [index("attestation_client").on(t.clientRowId), index("attestation_state").on(t.state)],
  );

  /** Something that waits for triage: one cause, one row. */
  const finding = table(
    "finding",
    {
      id: text("id").primaryKey(),
      number: integer("number").notNull().unique(),
      /** SHA-256 of rule, subject and value. */
      fingerprint: text("fingerprint").notNull(),
      /** 1, and one more when the same cause returns after its finding was long settled. */
      generation: integer("generation").notNull(),
      /** The same for the same cause at every client of a host. */
      rollupKey: text("rollup_key").notNull(),
      /** The finding about the host that speaks for this one. */
      parentId: text("parent_id"),
      /** How many clients a finding about a host speaks for; 1 otherwise. */
      members: integer("members").notNull(),
      rule: text("rule").notNull(),
      /** What tells it from others of the same rule at the same client; for one about a host, what its members share. */
      value: text("value"),
      severity: text("severity").$type<DriftSeverity>().notNull(),
      effect: text("effect").$type<DriftEffect>().notNull(),
      state: text("state").$type<FindingState>().notNull(),
      /** Absent for a finding about a host. */
      clientRowId: text("client_row_id").references(() => client.id),
      host: text("host").notNull(),
      message: text("message").notNull(),
      path: text("path").notNull(),
      before: json<unknown>("before"),
      after: json<unknown>("after"),
      snapshotId: text("snapshot_id"),
      firstSeenAt: instant("first_seen_at").notNull(),
      lastSeenAt: instant("last_seen_at").notNull(),
      /** Looks in a row that no longer showed the cause. */
      clearedTimes: integer("cleared_times").notNull(),
      /** How often it came back after it was resolved. */
      regressions: integer("regressions").notNull(),
      regressedAt: instant("regressed_at"),
      acknowledgeBy: instant("acknowledge_by"),
      decideBy: instant("decide_by"),
      overdueNotedAt: instant("overdue_noted_at"),
      acknowledgedAt: instant("acknowledged_at"),
      acknowledgedBy: text("acknowledged_by").references(() => person.id),
      assigneeId: text("assignee_id").references(() => person.id),
      snoozedUntil: instant("snoozed_until"),
      /** Snoozed until the live snapshot is another one. */
      snoozedSnapshotId: text("snoozed_snapshot_id"),
      dismissReason: text("dismiss_reason").$type<DismissReason>(),
      /** The compensating control of a waiver. */
      control: text("control"),
      waivedUntil: instant("waived_until"),
      /** Why it was dismissed, waived or resolved, in a person's words. */
      decisionNote: text("decision_note"),
      decidedBy: text("decided_by").references(() => person.id),
      decidedAt: instant("decided_at"),
      confirmedBy: text("confirmed_by").references(() => person.id),
      /** A dismissal or waiver that waits for a second person. */
      proposal: json<FindingProposal>("proposal"),
      resolvedAt: instant("resolved_at"),
      updatedAt: instant("updated_at").notNull(),
      revision: integer("revision").notNull(),
    },
    (t) => [
      uniqueIndex("finding_fingerprint_generation").on(t.fingerprint, t.generation),
      index("finding_state").on(t.state, t.severity),
      index("finding_client").on(t.clientRowId, t.state),
      index("finding_rollup").on(t.rollupKey),
      index("finding_parent").on(t.parentId),
    ],
  );

  /** Where events are sent. */
  const channel = table("channel", {
    id: text("id").primaryKey(),
    name: text("name").notNull().unique(),
    kind: text("kind").notNull(),
    /** As the channel's kind reads it; holds its secrets. */
    settings: json<Readonly<Record<string, unknown>>>("settings").notNull(),
    /** Findings below it are not sent. */
    minimumSeverity: text("minimum_severity").$type<DriftSeverity>().notNull(),
    /** Kinds of event, e.g. "finding"; empty: all that concern people. */
    topics: json<readonly string[]>("topics").notNull(),
    /** Only what concerns clients of this team. */
    teamId: text("team_id").references(() => team.id),
    active: flag("active").notNull(),
    /** Why it switched itself off. */
    offReason: text("off_reason"),
    /** Since when something could not be delivered for good; null again with the next delivery. */
    failingSince: instant("failing_since"),
    removedAt: instant("removed_at"),
    createdBy: text("created_by").references(() => person.id),
    createdAt: instant("created_at").notNull(),
    revision: integer("revision").notNull(),
  });

  /** One event on its way to one channel. */
  const delivery = table(
    "delivery",
    {
      id: text("id").primaryKey(),
      channelId: text("channel_id")
        .notNull()
        .references(() => channel.id),
      /** Of the event: the same on every try and every replay, so that a receiver can tell. */
      eventId: text("event_id").notNull(),
      topic: text("topic").notNull(),
      severity: text("severity").$type<DriftSeverity>(),
      payload: json<Readonly<Record<string, unknown>>>("payload").notNull(),
      state: text("state").$type<DeliveryState>().notNull(),
      attempts: integer("attempts").notNull(),
      nextAttemptAt: instant("next_attempt_at"),
      leasedUntil: instant("leased_until"),
      /** Of this round of tries; a replay begins another. */
      firstTriedAt: instant("first_tried_at"),
      lastStatus: integer("last_status"),
      lastSentence: text("last_sentence"),
      at: instant("at").notNull(),
      deliveredAt: instant("delivered_at"),
    },
    (t) => [
      index("delivery_next_attempt").on(t.nextAttemptAt),
      index("delivery_channel_at").on(t.channelId, t.at),
    ],
  );

  /**
   * Clients that a worker visits now: all that were due from one moment to another. One row for hundreds of clients,
   * whose own rows are written once, with the outcome.
   */
  const claim = table("claim", {
    id: text("id").primaryKey(),
    dueFrom: instant("due_from").notNull(),
    dueTo: instant("due_to").notNull(),
    until: instant("until").notNull(),
  });

  /** What is remembered of a host or registrable domain between visits: its budget, and its breaker once something failed. */
  const hostState = table("host_state", {
    name: text("name").primaryKey(),
    /** When its token bucket is full again. */
    fullAt: instant("full_at"),
    /** The last turn given to a client that waits for the budget. */
    queuedUntil: instant("queued_until"),
    breaker: json<Breaker>("breaker"),
    updatedAt: instant("updated_at").notNull(),
  });

  return {
    change,
    outage,
    clientKey,
    announcement,
    attestation,
    finding,
    channel,
    delivery,
    claim,
    hostState,
  };
}
