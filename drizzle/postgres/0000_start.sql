CREATE TABLE "allowlist_object" (
	"sha" text PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"gzip" "bytea" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_token" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"role" text NOT NULL,
	"audience_id" text,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"revoked_at" bigint,
	"last_used_at" bigint,
	CONSTRAINT "api_token_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "audience" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"issuer" text,
	"is_private" boolean NOT NULL,
	"salt" text,
	"epoch" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "audience_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "client" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"host" text NOT NULL,
	"domain" text NOT NULL,
	"name" text NOT NULL,
	"profile" text NOT NULL,
	"lifecycle" text NOT NULL,
	"lifecycle_reason" text,
	"lifecycle_at" bigint NOT NULL,
	"sync" text NOT NULL,
	"risk_tier" text NOT NULL,
	"risk_reasons" text NOT NULL,
	"owner_team_id" text,
	"sponsor" text,
	"purpose" text,
	"contract" text,
	"registered_by" text,
	"last_edited_by" text,
	"live_snapshot_id" text,
	"approved_snapshot_id" text,
	"approved_request_id" text,
	"approved_at" bigint,
	"valid_until" bigint,
	"self_approved" boolean NOT NULL,
	"etag" text,
	"last_modified" text,
	"last_fetched_at" bigint,
	"last_outcome" text,
	"failures" integer NOT NULL,
	"failing_since" bigint,
	"next_fetch_at" bigint,
	"leased_until" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "client_client_id_unique" UNIQUE("client_id")
);
--> statement-breakpoint
CREATE TABLE "consumer" (
	"id" text PRIMARY KEY NOT NULL,
	"audience_id" text NOT NULL,
	"name" text NOT NULL,
	"token_id" text,
	"created_at" bigint NOT NULL,
	"last_pull_at" bigint,
	"last_pull_seq" integer
);
--> statement-breakpoint
CREATE TABLE "due" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"cause" text NOT NULL,
	"at" bigint NOT NULL,
	"leased_until" bigint
);
--> statement-breakpoint
CREATE TABLE "fetch_log" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text,
	"url" text NOT NULL,
	"kind" text NOT NULL,
	"outcome" text NOT NULL,
	"sentence" text NOT NULL,
	"status" integer,
	"milliseconds" integer NOT NULL,
	"bytes" integer NOT NULL,
	"address" text,
	"tls" text,
	"digest" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grant" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text NOT NULL,
	"resource" text NOT NULL,
	"scopes" text NOT NULL,
	"request_id" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "head" (
	"id" text PRIMARY KEY NOT NULL,
	"audience_id" text NOT NULL,
	"epoch" integer NOT NULL,
	"seq" integer NOT NULL,
	"rev" integer NOT NULL,
	"root" text NOT NULL,
	"count" integer NOT NULL,
	"deny" text NOT NULL,
	"prev" text,
	"jws" text NOT NULL,
	"digest" text NOT NULL,
	"kid" text NOT NULL,
	"issued_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"cause" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invite" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"team_id" text,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"seq" integer PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_name" text NOT NULL,
	"bytes" text NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal_head" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "list_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"audience_id" text NOT NULL,
	"client_id" text NOT NULL,
	"entry" text NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"team_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"payload" text NOT NULL,
	"at" bigint NOT NULL,
	"next_attempt_at" bigint,
	"attempts" integer NOT NULL,
	"leased_until" bigint,
	"delivered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text,
	"active" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "person_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "report" (
	"id" text PRIMARY KEY NOT NULL,
	"consumer_id" text NOT NULL,
	"instance" text NOT NULL,
	"epoch" integer,
	"seq" integer,
	"rev" integer,
	"digest" text,
	"activated_at" bigint,
	"checked_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"mode" text NOT NULL,
	"enforcement" text NOT NULL,
	"error_code" text,
	"error_detail" text,
	"software" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"client_row_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"snapshot_id" text NOT NULL,
	"grants" text NOT NULL,
	"valid_days" integer NOT NULL,
	"reason" text NOT NULL,
	"required_votes" integer NOT NULL,
	"requested_by" text,
	"requested_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"decided_at" bigint,
	"decided_reason" text,
	"revision" integer NOT NULL,
	CONSTRAINT "request_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "resource" (
	"id" text PRIMARY KEY NOT NULL,
	"audience_id" text NOT NULL,
	"uri" text NOT NULL,
	"name" text NOT NULL,
	"scopes" text NOT NULL,
	"sensitive_scopes" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_throttle" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_at" bigint NOT NULL,
	"blocked_until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_key" (
	"kid" text PRIMARY KEY NOT NULL,
	"alg" text NOT NULL,
	"state" text NOT NULL,
	"public_jwk" text NOT NULL,
	"sealed_private_jwk" text NOT NULL,
	"published_at" bigint NOT NULL,
	"activated_at" bigint,
	"retiring_at" bigint,
	"retired_at" bigint,
	"last_head_expires_at" bigint
);
--> statement-breakpoint
CREATE TABLE "snapshot" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text NOT NULL,
	"number" integer NOT NULL,
	"digest" text NOT NULL,
	"raw_digest" text NOT NULL,
	"canonical_digest" text NOT NULL,
	"semantic_digest" text NOT NULL,
	"key_set_digest" text,
	"document_text" text NOT NULL,
	"metadata" text NOT NULL,
	"keys" text NOT NULL,
	"key_set_source" text,
	"results" text NOT NULL,
	"errors" integer NOT NULL,
	"warnings" integer NOT NULL,
	"first_seen_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "team_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "vote" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"person_id" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"digest" text NOT NULL,
	"at" bigint NOT NULL,
	"voided_at" bigint
);
--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client" ADD CONSTRAINT "client_owner_team_id_team_id_fk" FOREIGN KEY ("owner_team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client" ADD CONSTRAINT "client_registered_by_person_id_fk" FOREIGN KEY ("registered_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client" ADD CONSTRAINT "client_last_edited_by_person_id_fk" FOREIGN KEY ("last_edited_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consumer" ADD CONSTRAINT "consumer_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consumer" ADD CONSTRAINT "consumer_token_id_api_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."api_token"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fetch_log" ADD CONSTRAINT "fetch_log_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant" ADD CONSTRAINT "grant_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head" ADD CONSTRAINT "head_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite" ADD CONSTRAINT "invite_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite" ADD CONSTRAINT "invite_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_entry" ADD CONSTRAINT "list_entry_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_consumer_id_consumer_id_fk" FOREIGN KEY ("consumer_id") REFERENCES "public"."consumer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request" ADD CONSTRAINT "request_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request" ADD CONSTRAINT "request_requested_by_person_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource" ADD CONSTRAINT "resource_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote" ADD CONSTRAINT "vote_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote" ADD CONSTRAINT "vote_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_next_fetch" ON "client" USING btree ("next_fetch_at");--> statement-breakpoint
CREATE INDEX "client_lifecycle" ON "client" USING btree ("lifecycle");--> statement-breakpoint
CREATE INDEX "client_host" ON "client" USING btree ("host");--> statement-breakpoint
CREATE INDEX "client_domain" ON "client" USING btree ("domain");--> statement-breakpoint
CREATE INDEX "client_owner" ON "client" USING btree ("owner_team_id");--> statement-breakpoint
CREATE UNIQUE INDEX "consumer_audience_name" ON "consumer" USING btree ("audience_id","name");--> statement-breakpoint
CREATE INDEX "due_at" ON "due" USING btree ("at");--> statement-breakpoint
CREATE INDEX "fetch_log_client_at" ON "fetch_log" USING btree ("client_row_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "grant_client_resource" ON "grant" USING btree ("client_row_id","resource");--> statement-breakpoint
CREATE UNIQUE INDEX "head_audience_epoch_seq" ON "head" USING btree ("audience_id","epoch","seq");--> statement-breakpoint
CREATE INDEX "journal_subject" ON "journal" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "journal_at" ON "journal" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "list_entry_audience_client" ON "list_entry" USING btree ("audience_id","client_id");--> statement-breakpoint
CREATE UNIQUE INDEX "membership_person_team" ON "membership" USING btree ("person_id","team_id");--> statement-breakpoint
CREATE INDEX "outbox_next_attempt" ON "outbox" USING btree ("next_attempt_at");--> statement-breakpoint
CREATE UNIQUE INDEX "report_consumer_instance" ON "report" USING btree ("consumer_id","instance");--> statement-breakpoint
CREATE INDEX "request_client" ON "request" USING btree ("client_row_id");--> statement-breakpoint
CREATE INDEX "request_state" ON "request" USING btree ("state","requested_at");--> statement-breakpoint
CREATE UNIQUE INDEX "resource_audience_uri" ON "resource" USING btree ("audience_id","uri");--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshot_client_digest" ON "snapshot" USING btree ("client_row_id","digest");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshot_client_number" ON "snapshot" USING btree ("client_row_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "vote_request_person_digest" ON "vote" USING btree ("request_id","person_id","digest");