import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { NamespaceConstraints, NamespaceState } from "#lib/core/namespace/Namespace.ts";
import type { SightingShape } from "#lib/core/sighting/SightingShape.ts";
import type { Columns } from "./columns.postgres.ts";

/** A table that others point at, as far as pointing needs. */
interface Target {
  readonly id: AnyPgColumn;
}

/** The tables of enforcement: the tree as it stands, key sets, namespaces, what servers saw, the log. */
export function defineEnforcementTables(
  columns: Columns,
  {
    audience,
    client,
    consumer,
    person,
    team,
  }: Readonly<Record<"audience" | "client" | "consumer" | "person" | "team", Target>>,
) {
  const { table, text, integer, flag, instant, json, bytes, index, uniqueIndex } = columns;

  /** The newest tree of a list, node by node, so that one change rewrites one path. */
  const listNode = table(
    "list_node",
    {
      id: text("id").primaryKey(),
      audienceId: text("audience_id")
        .notNull()
        .references(() => audience.id),
      /** Hex digits from the root; "" is the root itself. */
      prefix: text("prefix").notNull(),
      sha: text("sha").notNull(),
      /** Entries below it, and the bytes they take in a leaf. */
      count: integer("count").notNull(),
      bytes: integer("bytes").notNull(),
      isLeaf: flag("is_leaf").notNull(),
    },
    (t) => [
      uniqueIndex("list_node_audience_prefix").on(t.audienceId, t.prefix),
      index("list_node_sha").on(t.sha),
    ],
  );

  /** What may have changed in a list since its last release: one client, or, without one, everything. */
  const listChange = table(
    "list_change",
    {
      id: text("id").primaryKey(),
      audienceId: text("audience_id")
        .notNull()
        .references(() => audience.id),
      clientRowId: text("client_row_id"),
      at: instant("at").notNull(),
    },
    (t) => [index("list_change_audience").on(t.audienceId, t.id)],
  );

  /** Who may do what only one process may do. `token` grows with every change of hands: a late writer's is too low. */
  const lease = table("lease", {
    name: text("name").primaryKey(),
    holder: text("holder").notNull(),
    token: integer("token").notNull(),
    until: instant("until").notNull(),
  });

  /** Something about the installation itself that an administrator should know, until it is well again. */
  const condition = table("condition", {
    key: text("key").primaryKey(),
    ok: flag("ok").notNull(),
    sentence: text("sentence").notNull(),
    since: instant("since").notNull(),
    checkedAt: instant("checked_at").notNull(),
  });

  /** A key set signed by a root key that never was on this machine. Stored and served, never signed here. */
  const keySet = table("key_set", {
    version: integer("version").primaryKey(),
    epoch: integer("epoch").notNull(),
    jws: text("jws").notNull(),
    digest: text("digest").notNull(),
    /** Thumbprints of the roots and of the signing keys it names. */
    roots: json<readonly string[]>("roots").notNull(),
    kids: json<readonly string[]>("kids").notNull(),
    issuedAt: instant("issued_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at").notNull(),
    acceptedBy: text("accepted_by").notNull(),
  });

  /** A prefix under which one publisher mints client_ids, approved as a whole within limits. */
  const namespace = table(
    "namespace",
    {
      id: text("id").primaryKey(),
      number: integer("number").notNull().unique(),
      /** Literal scheme and host; `*` is exactly one whole path segment. */
      pattern: text("pattern").notNull().unique(),
      host: text("host").notNull(),
      name: text("name").notNull(),
      state: text("state").$type<NamespaceState>().notNull(),
      reason: text("reason").notNull(),
      constraints: json<NamespaceConstraints>("constraints").notNull(),
      /** Constraints somebody proposes for an approved one; in force when two people agreed. */
      proposed: json<NamespaceConstraints>("proposed"),
      ownerTeamId: text("owner_team_id").references(() => team.id),
      sponsor: text("sponsor"),
      purpose: text("purpose"),
      requestedBy: text("requested_by").references(() => person.id),
      requestedAt: instant("requested_at").notNull(),
      validDays: integer("valid_days").notNull(),
      approvedAt: instant("approved_at"),
      validUntil: instant("valid_until"),
      /** Since when more children were seen than its constraints allow: none is admitted until that is raised. */
      fullAt: instant("full_at"),
      stateAt: instant("state_at").notNull(),
      revision: integer("revision").notNull(),
    },
    (t) => [index("namespace_host").on(t.host), index("namespace_state").on(t.state)],
  );

  const namespaceVote = table(
    "namespace_vote",
    {
      id: text("id").primaryKey(),
      namespaceId: text("namespace_id")
        .notNull()
        .references(() => namespace.id),
      personId: text("person_id")
        .notNull()
        .references(() => person.id),
      verdict: text("verdict").$type<"approve" | "deny">().notNull(),
      reason: text("reason").notNull(),
      /** SHA-256 of the pattern and constraints the person looked at. */
      digest: text("digest").notNull(),
      at: instant("at").notNull(),
      voidedAt: instant("voided_at"),
    },
    (t) => [index("namespace_vote_namespace").on(t.namespaceId)],
  );

  /** When an instance of a server first said that it runs a release. */
  const activation = table(
    "activation",
    {
      id: text("id").primaryKey(),
      audienceId: text("audience_id")
        .notNull()
        .references(() => audience.id),
      consumerId: text("consumer_id")
        .notNull()
        .references(() => consumer.id),
      instance: text("instance").notNull(),
      epoch: integer("epoch").notNull(),
      rev: integer("rev").notNull(),
      /** By the server's clock, and when its word came here. */
      activatedAt: instant("activated_at").notNull(),
      receivedAt: instant("received_at").notNull(),
    },
    (t) => [
      uniqueIndex("activation_instance_rev").on(t.consumerId, t.instance, t.epoch, t.rev),
      index("activation_audience_rev").on(t.audienceId, t.epoch, t.rev),
    ],
  );

  /** What a server asked about one client in one way on one day, counted. Nothing of an end user. */
  const sighting = table(
    "sighting",
    {
      id: text("id").primaryKey(),
      audienceId: text("audience_id")
        .notNull()
        .references(() => audience.id),
      consumerId: text("consumer_id")
        .notNull()
        .references(() => consumer.id),
      clientId: text("client_id").notNull(),
      /** Midnight UTC of the day. */
      day: instant("day").notNull(),
      shape: json<SightingShape>("shape").notNull(),
      shapeDigest: text("shape_digest").notNull(),
      allowed: integer("allowed").notNull(),
      refused: integer("refused").notNull(),
      /** Codes of refusals with their counts. */
      outcomes: json<Readonly<Record<string, number>>>("outcomes").notNull(),
      firstAt: instant("first_at").notNull(),
      lastAt: instant("last_at").notNull(),
    },
    (t) => [
      uniqueIndex("sighting_consumer_client_day_shape").on(t.consumerId, t.clientId, t.day, t.shapeDigest),
      index("sighting_client_day").on(t.clientId, t.day),
      index("sighting_audience_day").on(t.audienceId, t.day),
    ],
  );

  /** Every client_id that servers met, once, whether or not the inventory has it. */
  const seenClient = table(
    "seen_client",
    {
      clientId: text("client_id").primaryKey(),
      host: text("host").notNull(),
      domain: text("domain").notNull(),
      allowed: integer("allowed").notNull(),
      refused: integer("refused").notNull(),
      firstAt: instant("first_at").notNull(),
      lastAt: instant("last_at").notNull(),
      /** Not shown among the unknown until it was seen this often. */
      ignoreUntil: integer("ignore_until"),
      namespaceId: text("namespace_id").references(() => namespace.id),
      /** When it is next asked whether it becomes a client of the inventory; absent: that is settled. */
      discoverAt: instant("discover_at"),
    },
    (t) => [
      index("seen_client_discover").on(t.discoverAt),
      index("seen_client_host").on(t.host),
      index("seen_client_last").on(t.lastAt),
      index("seen_client_namespace").on(t.namespaceId),
    ],
  );

  /** A body of sightings that was taken in: one that comes again counts once. */
  const sightingBatch = table(
    "sighting_batch",
    {
      /** SHA-256 over the server and the id it gave the body. */
      id: text("id").primaryKey(),
      consumerId: text("consumer_id")
        .notNull()
        .references(() => consumer.id),
      at: instant("at").notNull(),
      lines: integer("lines").notNull(),
      /** Client_ids met for the first time, and lines left out because there were too many of those. */
      newClients: integer("new_clients").notNull(),
      leftOut: integer("left_out").notNull(),
      /** Questions the server itself left out. */
      dropped: integer("dropped").notNull(),
    },
    (t) => [index("sighting_batch_consumer_at").on(t.consumerId, t.at), index("sighting_batch_at").on(t.at)],
  );

  /** What one server brought on one day: what bounds it, and what was beyond. */
  const sightingDay = table("sighting_day", {
    /** `{consumer} {day}`. */
    id: text("id").primaryKey(),
    consumerId: text("consumer_id")
      .notNull()
      .references(() => consumer.id),
    /** Midnight UTC of the day the bodies came, by our clock. */
    day: instant("day").notNull(),
    /** Rows of `sighting` that were begun, and client_ids that nobody knew. */
    begun: integer("begun").notNull(),
    newClients: integer("new_clients").notNull(),
    /** Lines of which no count is kept, or none but their client's. */
    leftOut: integer("left_out").notNull(),
  });

  /** A document or a key that a server met and that was never read here: doubted until it is, or people settle it. */
  const splitView = table(
    "split_view",
    {
      id: text("id").primaryKey(),
      clientRowId: text("client_row_id")
        .notNull()
        .references(() => client.id),
      kind: text("kind").$type<"document" | "key">().notNull(),
      /** Base64url SHA-256 of the document, or thumbprint of the key, as the server says it. */
      digest: text("digest").notNull(),
      consumerId: text("consumer_id")
        .notNull()
        .references(() => consumer.id),
      instance: text("instance").notNull(),
      /** First use of it by the server, and the last; how often. */
      firstAt: instant("first_at").notNull(),
      lastAt: instant("last_at").notNull(),
      times: integer("times").notNull(),
      state: text("state").$type<"waiting" | "standing">().notNull(),
      askedAt: instant("asked_at").notNull(),
      /** Looks since it was met that did not show it. */
      looks: integer("looks").notNull(),
      /** SHA-256, in hex, of what the last of them read. */
      readDigest: text("read_digest"),
      nextLookAt: instant("next_look_at").notNull(),
    },
    (t) => [
      uniqueIndex("split_view_client_kind_digest").on(t.clientRowId, t.kind, t.digest),
      index("split_view_next_look").on(t.nextLookAt),
    ],
  );

  /** A host none of whose clients is admitted anywhere: a deny in every head. */
  const hostBlock = table("host_block", {
    host: text("host").primaryKey(),
    reason: text("reason").notNull(),
    blockedBy: text("blocked_by").references(() => person.id),
    at: instant("at").notNull(),
    /** Who asked to lift it; somebody else confirms. */
    liftAskedBy: text("lift_asked_by").references(() => person.id),
  });

  /** One leaf of the transparency log per head, key set and line of the journal (RFC 6962). */
  const logLeaf = table(
    "log_leaf",
    {
      index: integer("index").primaryKey(),
      kind: text("kind").$type<"head" | "keys" | "audit">().notNull(),
      /** Id of the head, version of the key set, seq of the journal's line. */
      ref: text("ref").notNull(),
      /** The leaf itself, as it is hashed and served. */
      body: text("body").notNull(),
      at: instant("at").notNull(),
    },
    (t) => [uniqueIndex("log_leaf_kind_ref").on(t.kind, t.ref)],
  );

  /** Hashes of a tile as C2SP tlog-tiles lays them out: up to 256 of 32 bytes each. */
  const logTile = table("log_tile", {
    /** `{level}/{index}`. */
    id: text("id").primaryKey(),
    hashes: bytes("hashes").notNull(),
  });

  const logCheckpoint = table("log_checkpoint", {
    size: integer("size").primaryKey(),
    root: text("root").notNull(),
    /** The signed note. */
    note: text("note").notNull(),
    at: instant("at").notNull(),
  });

  /** The Ed25519 key that signs checkpoints; never one that signs heads. */
  const logKey = table("log_key", {
    id: text("id").primaryKey(),
    origin: text("origin").notNull(),
    /** As verifiers write it: `origin+hash+key`. */
    verifierKey: text("verifier_key").notNull(),
    sealedPrivateJwk: text("sealed_private_jwk").notNull(),
    createdAt: instant("created_at").notNull(),
  });

  return {
    listNode,
    listChange,
    lease,
    condition,
    keySet,
    namespace,
    namespaceVote,
    activation,
    sighting,
    seenClient,
    sightingBatch,
    sightingDay,
    splitView,
    hostBlock,
    logLeaf,
    logTile,
    logCheckpoint,
    logKey,
  };
}
