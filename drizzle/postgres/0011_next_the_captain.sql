CREATE TABLE "condition" (
	"key" text PRIMARY KEY NOT NULL,
	"ok" boolean NOT NULL,
	"sentence" text NOT NULL,
	"since" bigint NOT NULL,
	"checked_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "host_block" (
	"host" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"blocked_by" text,
	"at" bigint NOT NULL,
	"lift_asked_by" text
);
--> statement-breakpoint
CREATE TABLE "key_set" (
	"version" integer PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL,
	"jws" text NOT NULL,
	"digest" text NOT NULL,
	"roots" text NOT NULL,
	"kids" text NOT NULL,
	"issued_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_at" bigint NOT NULL,
	"accepted_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"token" integer NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "list_change" (
	"id" text PRIMARY KEY NOT NULL,
	"audience_id" text NOT NULL,
	"client_row_id" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "list_node" (
	"id" text PRIMARY KEY NOT NULL,
	"audience_id" text NOT NULL,
	"prefix" text NOT NULL,
	"sha" text NOT NULL,
	"count" integer NOT NULL,
	"bytes" integer NOT NULL,
	"is_leaf" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_checkpoint" (
	"size" integer PRIMARY KEY NOT NULL,
	"root" text NOT NULL,
	"note" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_key" (
	"id" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"verifier_key" text NOT NULL,
	"sealed_private_jwk" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_leaf" (
	"index" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"body" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_tile" (
	"id" text PRIMARY KEY NOT NULL,
	"hashes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "namespace" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"pattern" text NOT NULL,
	"host" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"constraints" text NOT NULL,
	"proposed" text,
	"owner_team_id" text,
	"sponsor" text,
	"purpose" text,
	"requested_by" text,
	"requested_at" bigint NOT NULL,
	"valid_days" integer NOT NULL,
	"approved_at" bigint,
	"valid_until" bigint,
	"state_at" bigint NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "namespace_number_unique" UNIQUE("number"),
	CONSTRAINT "namespace_pattern_unique" UNIQUE("pattern")
);
--> statement-breakpoint
CREATE TABLE "namespace_vote" (
	"id" text PRIMARY KEY NOT NULL,
	"namespace_id" text NOT NULL,
	"person_id" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"digest" text NOT NULL,
	"at" bigint NOT NULL,
	"voided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "seen_client" (
	"client_id" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"domain" text NOT NULL,
	"allowed" integer NOT NULL,
	"refused" integer NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"ignore_until" integer,
	"namespace_id" text
);
--> statement-breakpoint
CREATE TABLE "sighting" (
	"id" text PRIMARY KEY NOT NULL,
	"audience_id" text NOT NULL,
	"consumer_id" text NOT NULL,
	"client_id" text NOT NULL,
	"day" bigint NOT NULL,
	"shape" text NOT NULL,
	"shape_digest" text NOT NULL,
	"allowed" integer NOT NULL,
	"refused" integer NOT NULL,
	"outcomes" text NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "consumer" ALTER COLUMN "last_pull_seq" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "head" ALTER COLUMN "seq" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "report" ALTER COLUMN "epoch" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "report" ALTER COLUMN "seq" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "report" ALTER COLUMN "rev" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "allowlist_object" ADD COLUMN "unneeded_since" bigint;--> statement-breakpoint
ALTER TABLE "audience" ADD COLUMN "held_head_id" text;--> statement-breakpoint
ALTER TABLE "audience" ADD COLUMN "held_by" text;--> statement-breakpoint
ALTER TABLE "audience" ADD COLUMN "held_at" bigint;--> statement-breakpoint
ALTER TABLE "audience" ADD COLUMN "held_reason" text;--> statement-breakpoint
ALTER TABLE "audience" ADD COLUMN "release_asked_by" text;--> statement-breakpoint
ALTER TABLE "audience" ADD COLUMN "resume_after_seq" bigint;--> statement-breakpoint
ALTER TABLE "head" ADD COLUMN "ns" text;--> statement-breakpoint
ALTER TABLE "head" ADD COLUMN "keys_version" integer;--> statement-breakpoint
ALTER TABLE "list_entry" ADD COLUMN "path" text;--> statement-breakpoint
ALTER TABLE "list_entry" ADD COLUMN "denied_at" bigint;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "error_since" bigint;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "revoked_at" bigint;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "revoked_reason" text;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "external" text;--> statement-breakpoint
ALTER TABLE "host_block" ADD CONSTRAINT "host_block_blocked_by_person_id_fk" FOREIGN KEY ("blocked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_block" ADD CONSTRAINT "host_block_lift_asked_by_person_id_fk" FOREIGN KEY ("lift_asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_change" ADD CONSTRAINT "list_change_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_node" ADD CONSTRAINT "list_node_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "namespace" ADD CONSTRAINT "namespace_owner_team_id_team_id_fk" FOREIGN KEY ("owner_team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "namespace" ADD CONSTRAINT "namespace_requested_by_person_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "namespace_vote" ADD CONSTRAINT "namespace_vote_namespace_id_namespace_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "namespace_vote" ADD CONSTRAINT "namespace_vote_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seen_client" ADD CONSTRAINT "seen_client_namespace_id_namespace_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sighting" ADD CONSTRAINT "sighting_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sighting" ADD CONSTRAINT "sighting_consumer_id_consumer_id_fk" FOREIGN KEY ("consumer_id") REFERENCES "public"."consumer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "list_change_audience" ON "list_change" USING btree ("audience_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "list_node_audience_prefix" ON "list_node" USING btree ("audience_id","prefix");--> statement-breakpoint
CREATE INDEX "list_node_sha" ON "list_node" USING btree ("sha");--> statement-breakpoint
CREATE UNIQUE INDEX "log_leaf_kind_ref" ON "log_leaf" USING btree ("kind","ref");--> statement-breakpoint
CREATE INDEX "namespace_host" ON "namespace" USING btree ("host");--> statement-breakpoint
CREATE INDEX "namespace_state" ON "namespace" USING btree ("state");--> statement-breakpoint
CREATE INDEX "namespace_vote_namespace" ON "namespace_vote" USING btree ("namespace_id");--> statement-breakpoint
CREATE INDEX "seen_client_host" ON "seen_client" USING btree ("host");--> statement-breakpoint
CREATE INDEX "seen_client_last" ON "seen_client" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "seen_client_namespace" ON "seen_client" USING btree ("namespace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sighting_consumer_client_day_shape" ON "sighting" USING btree ("consumer_id","client_id","day","shape_digest");--> statement-breakpoint
CREATE INDEX "sighting_client_day" ON "sighting" USING btree ("client_id","day");--> statement-breakpoint
CREATE INDEX "sighting_audience_day" ON "sighting" USING btree ("audience_id","day");--> statement-breakpoint
ALTER TABLE "audience" ADD CONSTRAINT "audience_held_by_person_id_fk" FOREIGN KEY ("held_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience" ADD CONSTRAINT "audience_release_asked_by_person_id_fk" FOREIGN KEY ("release_asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "allowlist_object_unneeded" ON "allowlist_object" USING btree ("unneeded_since");--> statement-breakpoint
CREATE INDEX "head_audience_rev" ON "head" USING btree ("audience_id","epoch","rev");--> statement-breakpoint
CREATE INDEX "head_digest" ON "head" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "list_entry_audience_path" ON "list_entry" USING btree ("audience_id","path");--> statement-breakpoint
CREATE INDEX "list_entry_audience_denied" ON "list_entry" USING btree ("audience_id","denied_at");