import type { CheckResult } from "#lib/core/check/Check.ts";
import type { Grant, Lifecycle, RiskTier, Sync } from "#lib/core/client.ts";
import type { AllowlistEntry, HeadDeny } from "#lib/core/allowlist/wire.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import type { RecentDigest } from "#lib/core/sync/RecentDigest.ts";
import type { FetchKind, FetchOutcome, TlsFacts } from "#lib/core/fetch/Fetched.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Profile } from "#lib/core/profile.ts";
import type { Role, TokenRole } from "#lib/core/role.ts";
import type { Columns } from "./columns.postgres.ts";
import { defineEnforcementTables } from "./enforcementTables.ts";
import { defineWatchTables } from "./watchTables.ts";

/**
 * Every table, once, in the words of a column vocabulary. Ids and times are made by the application;
 * nothing here has a database default, an enum, an array or a serial (docs/decisions/001-two-databases-one-schema.md).
 */
export function defineSchema(columns: Columns) {
  const { table, text, integer, large, flag, instant, json, bytes, index, uniqueIndex } = columns;
  const team = table("team", {
    id: text("id").primaryKey(),
    name: text("name").notNull().unique(),
    createdAt: instant("created_at").notNull(),
  });

  const person = table("person", {
    id: text("id").primaryKey(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: text("role").$type<Role>().notNull(),
    passwordHash: text("password_hash"),
    active: flag("active").notNull(),
    createdAt: instant("created_at").notNull(),
    revision: integer("revision").notNull(),
    /** The role an administrator wants them to have; a reviewer confirms it. */
    askedRole: text("asked_role").$type<Role>(),
    askedRoleBy: text("asked_role_by"),
    /** Until when they were a reviewer; null: never, or still. */
    reviewerUntil: instant("reviewer_until"),
  });

  const membership = table(
    "membership",
    {
      id: text("id").primaryKey(),
      personId: text("person_id")
        .notNull()
        .references(() => person.id),
      teamId: text("team_id")
        .notNull()
        .references(() => team.id),
    },
    (t) => [uniqueIndex("membership_person_team").on(t.personId, t.teamId)],
  );

  const session = table(
    "session",
    {
      tokenHash: text("token_hash").primaryKey(),
      personId: text("person_id")
        .notNull()
        .references(() => person.id),
      createdAt: instant("created_at").notNull(),
      expiresAt: instant("expires_at").notNull(),
    },
    (t) => [index("session_person").on(t.personId)],
  );

  /** An invite link; the very first one, printed at first start, creates the administrator. */
  const invite = table("invite", {
    tokenHash: text("token_hash").primaryKey(),
    kind: text("kind").$type<"first_admin" | "invite">().notNull(),
    email: text("email"),
    role: text("role").$type<Role>().notNull(),
    teamId: text("team_id").references(() => team.id),
    createdBy: text("created_by").references(() => person.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  });

  /** Failed sign-ins per account and per address, so that guessing slows down. */
  const signInThrottle = table("sign_in_throttle", {
    key: text("key").primaryKey(),
    failures: integer("failures").notNull(),
    lastAt: instant("last_at").notNull(),
    blockedUntil: instant("blocked_until").notNull(),
  });

  /** The authorization server (or group of them) a list is made for. */
  const audience = table("audience", {
    id: text("id").primaryKey(),
    slug: text("slug").notNull().unique(),
    name: text("name").notNull(),
    issuer: text("issuer"),
    isPrivate: flag("is_private").notNull(),
    salt: text("salt"),
    epoch: integer("epoch").notNull(),
    createdAt: instant("created_at").notNull(),
    revision: integer("revision").notNull(),
    /** Rolled back: nothing that this release does not allow is allowed until it is let go. */
    heldHeadId: text("held_head_id"),
    /** Releases it was held at before it went back further: what they do not allow stays out, too. */
    heldWithin: json<readonly string[]>("held_within"),
    heldBy: text("held_by").references(() => person.id),
    heldAt: instant("held_at"),
    heldReason: text("held_reason"),
    /** Who asked to let go of it; somebody else confirms, for trust grows by that. */
    releaseAskedBy: text("release_asked_by").references(() => person.id),
    /** A restored backup: the seq to resume after, given by an administrator. */
    resumeAfterSeq: large("resume_after_seq"),
    /** The same for its rev. */
    resumeAfterRev: large("resume_after_rev"),
  });

  const resource = table(
    "resource",
    {
      id: text("id").primaryKey(),
      audienceId: text("audience_id")
        .notNull()
        .references(() => audience.id),
      uri: text("uri").notNull(),
      name: text("name").notNull(),
      scopes: json<readonly string[]>("scopes").notNull(),
      /** Scopes whose misuse hurts; they raise a client's risk tier. */
      sensitiveScopes: json<readonly string[]>("sensitive_scopes").notNull(),
      /** Since when it has the scopes that it did not have from the start: what was approved before did not mean them here. */
      scopesSince: json<Readonly<Record<string, number>>>("scopes_since"),
      createdAt: instant("created_at").notNull(),
    },
    (t) => [uniqueIndex("resource_audience_uri").on(t.audienceId, t.uri)],
  );

  const apiToken = table("api_token", {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    role: text("role").$type<TokenRole>().notNull(),
    audienceId: text("audience_id").references(() => audience.id),
    createdBy: text("created_by").references(() => person.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    lastUsedAt: instant("last_used_at"),
  });

  const client = table(
    "client",
    {
      id: text("id").primaryKey(),
      /** The URL, exactly as it was registered. Never normalised. */
      clientId: text("client_id").notNull().unique(),
      host: text("host").notNull(),
      domain: text("domain").notNull(),
      name: text("name").notNull(),
      profile: text("profile").$type<Profile>().notNull(),
      lifecycle: text("lifecycle").$type<Lifecycle>().notNull(),
      /** Why it stands there: the sentence of whoever suspended, denied or blocked. */
      lifecycleReason: text("lifecycle_reason"),
      lifecycleAt: instant("lifecycle_at").notNull(),
      sync: text("sync").$type<Sync>().notNull(),
      riskTier: text("risk_tier").$type<RiskTier>().notNull(),
      riskReasons: json<readonly string[]>("risk_reasons").notNull(),
      ownerTeamId: text("owner_team_id").references(() => team.id),
      sponsor: text("sponsor"),
      purpose: text("purpose"),
      contract: text("contract"),
      registeredBy: text("registered_by").references(() => person.id),
      lastEditedBy: text("last_edited_by").references(() => person.id),
      liveSnapshotId: text("live_snapshot_id"),
      approvedSnapshotId: text("approved_snapshot_id"),
      approvedRequestId: text("approved_request_id"),
      approvedAt: instant("approved_at"),
      validUntil: instant("valid_until"),
      selfApproved: flag("self_approved").notNull(),
      etag: text("etag"),
      lastModified: text("last_modified"),
      /** The key set the live document names: "" when it names none, null when it was not read since this is kept. */
      keySetUrl: text("key_set_url"),
      keySetEtag: text("key_set_etag"),
      keySetLastModified: text("key_set_last_modified"),
      /** SHA-256 of the bytes last judged: the validator of hosts that know none. */
      bodyDigest: text("body_digest"),
      keySetBodyDigest: text("key_set_body_digest"),
      lastFetchedAt: instant("last_fetched_at"),
      lastOutcome: text("last_outcome").$type<FetchOutcome>(),
      failures: integer("failures").notNull(),
      failingSince: instant("failing_since"),
      nextFetchAt: instant("next_fetch_at"),
      /** When the document was last read whole and judged: a 304 is only the host's word. */
      lastUnconditionalAt: instant("last_unconditional_at"),
      /** A difference that was seen once and is looked at again before it counts. */
      unconfirmedDigest: text("unconfirmed_digest"),
      unconfirmedTurns: integer("unconfirmed_turns"),
      lookAgainAt: instant("look_again_at"),
      /** Snapshot digests that were live within the last day, newest last, at most eight: one that comes back is a flap. */
      recentDigests: json<readonly RecentDigest[]>("recent_digests"),
      /** What of the approved snapshot was not accepted. */
      approvedExcept: json<readonly Exclusion[]>("approved_except"),
      /** Something about it must be judged again at the next look, even if that shows nothing new. */
      unsettled: flag("unsettled"),
      /**
       * What the last good connection showed, the certificate by its SHA-256: no more than is compared, since SQLite writes
       * the whole row anew with each visit.
       */
      address: text("address"),
      certificate: text("certificate"),
      certificateIssuer: text("certificate_issuer"),
      createdAt: instant("created_at").notNull(),
      updatedAt: instant("updated_at").notNull(),
      revision: integer("revision").notNull(),
    },
    (t) => [
      index("client_next_fetch").on(t.nextFetchAt),
      index("client_lifecycle").on(t.lifecycle),
      index("client_host").on(t.host),
      index("client_domain").on(t.domain),
      index("client_owner").on(t.ownerTeamId),
      index("client_valid_until").on(t.validUntil),
    ],
  );

  /** An immutable observation of a document with its key set, content-addressed within its client. */
  const snapshot = table(
    "snapshot",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      /** 1, 2, 3 … per client: the number people see. */
      number: integer("number").notNull(),
      /** SHA-256 over canonical document digest and key-set digest: what a vote binds to. */
      digest: text("digest").notNull(),
      rawDigest: text("raw_digest").notNull(),
      canonicalDigest: text("canonical_digest").notNull(),
      semanticDigest: text("semantic_digest").notNull(),
      keySetDigest: text("key_set_digest"),
      documentText: text("document_text").notNull(),
      metadata: json<EffectiveMetadata>("metadata").notNull(),
      keys: json<readonly ParsedKey[]>("keys").notNull(),
      keySetSource: text("key_set_source"),
      results: json<readonly CheckResult[]>("results").notNull(),
      errors: integer("errors").notNull(),
      warnings: integer("warnings").notNull(),
      firstSeenAt: instant("first_seen_at").notNull(),
      /** Uploaded and vouched for by people instead of fetched. */
      attested: flag("attested"),
    },
    (t) => [
      uniqueIndex("snapshot_client_digest").on(t.clientRowId, t.digest),
      uniqueIndex("snapshot_client_number").on(t.clientRowId, t.number),
    ],
  );

  const fetchLog = table(
    "fetch_log",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id").references(() => client.id),
      url: text("url").notNull(),
      kind: text("kind").$type<FetchKind>().notNull(),
      outcome: text("outcome").$type<FetchOutcome>().notNull(),
      sentence: text("sentence").notNull(),
      status: integer("status"),
      milliseconds: integer("milliseconds").notNull(),
      bytes: integer("bytes").notNull(),
      address: text("address"),
      tls: json<TlsFacts>("tls"),
      digest: text("digest"),
      at: instant("at").notNull(),
    },
    (t) => [index("fetch_log_client_at").on(t.clientRowId, t.at)],
  );

  /** Access a client was approved for: a resource and its scopes. */
  const grant = table(
    "grant",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      resource: text("resource").notNull(),
      scopes: json<readonly string[]>("scopes").notNull(),
      requestId: text("request_id").notNull(),
      createdAt: instant("created_at").notNull(),
    },
    (t) => [uniqueIndex("grant_client_resource").on(t.clientRowId, t.resource)],
  );

  /** A proposed change of trust. */
  const request = table(
    "request",
    {
      id: text("id").primaryKey(),
      number: integer("number").notNull().unique(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      kind: text("kind").$type<RequestKind>().notNull(),
      state: text("state").$type<RequestState>().notNull(),
      /** The snapshot votes are cast on; moves when the document changes, and voids the votes cast before. */
      snapshotId: text("snapshot_id").notNull(),
      grants: json<readonly Grant[]>("grants").notNull(),
      validDays: integer("valid_days").notNull(),
      reason: text("reason").notNull(),
      requiredVotes: integer("required_votes").notNull(),
      /** The person who asked; absent when the system drafted it. */
      requestedBy: text("requested_by").references(() => person.id),
      requestedAt: instant("requested_at").notNull(),
      expiresAt: instant("expires_at").notNull(),
      decidedAt: instant("decided_at"),
      decidedReason: text("decided_reason"),
      /** What an approval left out. */
      excluded: json<readonly Exclusion[]>("excluded"),
      revision: integer("revision").notNull(),
    },
    (t) => [index("request_client").on(t.clientRowId), index("request_state").on(t.state, t.requestedAt)],
  );

  const vote = table(
    "vote",
    {
      id: text("id").primaryKey(),
      requestId: text("request_id")
        .notNull()
        .references(() => request.id),
      personId: text("person_id")
        .notNull()
        .references(() => person.id),
      verdict: text("verdict").$type<"approve" | "deny">().notNull(),
      reason: text("reason").notNull(),
      /** Digest of the snapshot the person looked at. */
      digest: text("digest").notNull(),
      /** What of the change the person does not accept; votes count together when they leave out the same. */
      excluded: json<readonly Exclusion[]>("excluded"),
      at: instant("at").notNull(),
      voidedAt: instant("voided_at"),
    },
    (t) => [index("vote_request").on(t.requestId)],
  );

  /** What a list says about one client now. */
  const listEntry = table(
    "list_entry",
    {
      id: text("id").primaryKey(),
      audienceId: text("audience_id")
        .notNull()
        .references(() => audience.id),
      clientId: text("client_id").notNull(),
      entry: json<AllowlistEntry>("entry").notNull(),
      changedAt: instant("changed_at").notNull(),
      /** Hex SHA-256 of the client_id: its path in the trie. */
      path: text("path"),
      /** Since when the entry is a deny, as the head says it. */
      deniedAt: instant("denied_at"),
    },
    (t) => [
      uniqueIndex("list_entry_audience_client").on(t.audienceId, t.clientId),
      index("list_entry_audience_path").on(t.audienceId, t.path),
      index("list_entry_audience_denied").on(t.audienceId, t.deniedAt),
    ],
  );

  const allowlistObject = table(
    "allowlist_object",
    {
      sha: text("sha").primaryKey(),
      body: text("body").notNull(),
      gzip: bytes("gzip").notNull(),
      createdAt: instant("created_at").notNull(),
      /** Since when no list's newest tree holds it. */
      unneededSince: instant("unneeded_since"),
    },
    (t) => [index("allowlist_object_unneeded").on(t.unneededSince)],
  );

  /** A release: one signed, numbered head for one audience. */
  const head = table(
    "head",
    {
      id: text("id").primaryKey(),
      audienceId: text("audience_id")
        .notNull()
        .references(() => audience.id),
      epoch: integer("epoch").notNull(),
      seq: large("seq").notNull(),
      rev: integer("rev").notNull(),
      root: text("root").notNull(),
      count: integer("count").notNull(),
      deny: json<readonly HeadDeny[]>("deny").notNull(),
      prev: text("prev"),
      jws: text("jws").notNull(),
      digest: text("digest").notNull(),
      kid: text("kid").notNull(),
      issuedAt: instant("issued_at").notNull(),
      expiresAt: instant("expires_at").notNull(),
      /** Why it was made: "approve", "suspend", "re-signed" … and for which client. */
      cause: text("cause").notNull(),
      /** Name of the object with the namespaces, as the head says it. */
      ns: text("ns"),
      keysVersion: integer("keys_version"),
    },
    (t) => [
      uniqueIndex("head_audience_epoch_seq").on(t.audienceId, t.epoch, t.seq),
      index("head_audience_rev").on(t.audienceId, t.epoch, t.rev),
      index("head_digest").on(t.digest),
    ],
  );

  const signingKey = table("signing_key", {
    kid: text("kid").primaryKey(),
    alg: text("alg").$type<"ES256">().notNull(),
    state: text("state").$type<"next" | "active" | "retiring" | "retired" | "revoked">().notNull(),
    publicJwk: json<Record<string, unknown>>("public_jwk").notNull(),
    sealedPrivateJwk: text("sealed_private_jwk").notNull(),
    publishedAt: instant("published_at").notNull(),
    activatedAt: instant("activated_at"),
    retiringAt: instant("retiring_at"),
    retiredAt: instant("retired_at"),
    lastHeadExpiresAt: instant("last_head_expires_at"),
    revokedAt: instant("revoked_at"),
    revokedReason: text("revoked_reason"),
    /** Name of the external signer that holds the private key; absent: the sealed key beside it. */
    external: text("external"),
  });

  /** An authorization server's own account of itself. */
  const consumer = table(
    "consumer",
    {
      id: text("id").primaryKey(),
      audienceId: text("audience_id")
        .notNull()
        .references(() => audience.id),
      name: text("name").notNull(),
      tokenId: text("token_id").references(() => apiToken.id),
      createdAt: instant("created_at").notNull(),
      lastPullAt: instant("last_pull_at"),
      lastPullSeq: large("last_pull_seq"),
    },
    (t) => [uniqueIndex("consumer_audience_name").on(t.audienceId, t.name)],
  );

  const report = table(
    "report",
    {
      id: text("id").primaryKey(),
      consumerId: text("consumer_id")
        .notNull()
        .references(() => consumer.id),
      instance: text("instance").notNull(),
      epoch: large("epoch"),
      seq: large("seq"),
      rev: large("rev"),
      digest: text("digest"),
      activatedAt: instant("activated_at"),
      checkedAt: instant("checked_at").notNull(),
      receivedAt: instant("received_at").notNull(),
      mode: text("mode").$type<"lazy" | "mirror">().notNull(),
      enforcement: text("enforcement").$type<"enforce" | "report_only">().notNull(),
      errorCode: text("error_code"),
      errorDetail: text("error_detail"),
      software: text("software").notNull(),
      errorSince: instant("error_since"),
      /** The digest nobody here signed that people were told of. */
      divergentDigest: text("divergent_digest"),
      /** The key of ours that signed the head in use, when the report carried that head; absent: only the server says so. */
      provenBy: text("proven_by"),
    },
    (t) => [uniqueIndex("report_consumer_instance").on(t.consumerId, t.instance)],
  );

  /** Work with a time: at most one row per key; the database decides who does it. */
  const due = table(
    "due",
    {
      key: text("key").primaryKey(),
      kind: text("kind").$type<"publish" | "resign" | "next_key">().notNull(),
      subject: text("subject").notNull(),
      cause: text("cause").notNull(),
      at: instant("at").notNull(),
      leasedUntil: instant("leased_until"),
    },
    (t) => [index("due_at").on(t.at)],
  );

  /** Events that must leave the house exactly as often as they happened. */
  const outbox = table(
    "outbox",
    {
      id: text("id").primaryKey(),
      topic: text("topic").notNull(),
      payload: json<Record<string, unknown>>("payload").notNull(),
      at: instant("at").notNull(),
      nextAttemptAt: instant("next_attempt_at"),
      attempts: integer("attempts").notNull(),
      leasedUntil: instant("leased_until"),
      deliveredAt: instant("delivered_at"),
    },
    (t) => [index("outbox_next_attempt").on(t.nextAttemptAt)],
  );

  /** Who did what. Each row holds the exact bytes that were hashed. */
  const journal = table(
    "journal",
    {
      seq: integer("seq").primaryKey(),
      at: instant("at").notNull(),
      actorKind: text("actor_kind").$type<"person" | "token" | "system">().notNull(),
      actorId: text("actor_id"),
      actorName: text("actor_name").notNull(),
      action: text("action").notNull(),
      subjectKind: text("subject_kind").notNull(),
      subjectId: text("subject_id").notNull(),
      subjectName: text("subject_name").notNull(),
      bytes: text("bytes").notNull(),
      prevHash: text("prev_hash").notNull(),
      hash: text("hash").notNull(),
    },
    (t) => [index("journal_subject").on(t.subjectKind, t.subjectId), index("journal_at").on(t.at)],
  );

  /** The journal's head is one row, so the chain is serial on both databases. */
  const journalHead = table("journal_head", {
    id: text("id").primaryKey(),
    seq: integer("seq").notNull(),
    hash: text("hash").notNull(),
  });

  return {
    team,
    person,
    membership,
    session,
    invite,
    signInThrottle,
    audience,
    resource,
    apiToken,
    client,
    snapshot,
    fetchLog,
    grant,
    request,
    vote,
    listEntry,
    allowlistObject,
    head,
    signingKey,
    consumer,
    report,
    due,
    outbox,
    journal,
    journalHead,
    ...defineWatchTables(columns, { client, person, team }),
    ...defineEnforcementTables(columns, { audience, client, consumer, person, team }),
  };
}

export type RequestKind = "approve" | "change" | "unsuspend" | "unblock";
export type RequestState = "open" | "approved" | "denied" | "withdrawn" | "expired";
export type Schema = ReturnType<typeof defineSchema>;
