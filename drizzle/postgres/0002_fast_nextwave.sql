CREATE TABLE "announcement" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text NOT NULL,
	"jkt" text NOT NULL,
	"note" text NOT NULL,
	"expected_by" bigint NOT NULL,
	"announced_by" text,
	"at" bigint NOT NULL,
	"matched_at" bigint,
	"missed_at" bigint,
	"withdrawn_at" bigint
);
--> statement-breakpoint
CREATE TABLE "attestation" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text NOT NULL,
	"snapshot_id" text NOT NULL,
	"state" text NOT NULL,
	"note" text NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" bigint NOT NULL,
	"decided_by" text,
	"decided_at" bigint,
	"decided_reason" text,
	"renew_by" bigint,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text NOT NULL,
	"before_id" text NOT NULL,
	"after_id" text NOT NULL,
	"severity" text NOT NULL,
	"changes" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"settings" text NOT NULL,
	"minimum_severity" text NOT NULL,
	"topics" text NOT NULL,
	"team_id" text,
	"active" boolean NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "channel_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "client_key" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text NOT NULL,
	"jkt" text NOT NULL,
	"kid" text,
	"kind" text NOT NULL,
	"first_seen_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"removed_at" bigint,
	"leaked_at" bigint,
	"overlap" integer,
	"wanted_overlap" integer
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"channel_id" text NOT NULL,
	"event_id" text NOT NULL,
	"topic" text NOT NULL,
	"severity" text,
	"payload" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"next_attempt_at" bigint,
	"leased_until" bigint,
	"last_status" integer,
	"last_sentence" text,
	"at" bigint NOT NULL,
	"delivered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "finding" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"generation" integer NOT NULL,
	"rollup_key" text NOT NULL,
	"parent_id" text,
	"members" integer NOT NULL,
	"rule" text NOT NULL,
	"value" text,
	"severity" text NOT NULL,
	"effect" text NOT NULL,
	"state" text NOT NULL,
	"client_row_id" text,
	"host" text NOT NULL,
	"message" text NOT NULL,
	"path" text NOT NULL,
	"before" text,
	"after" text,
	"snapshot_id" text,
	"first_seen_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"cleared_times" integer NOT NULL,
	"regressions" integer NOT NULL,
	"regressed_at" bigint,
	"acknowledge_by" bigint,
	"decide_by" bigint,
	"overdue_noted_at" bigint,
	"acknowledged_at" bigint,
	"acknowledged_by" text,
	"assignee_id" text,
	"snoozed_until" bigint,
	"snoozed_snapshot_id" text,
	"dismiss_reason" text,
	"control" text,
	"waived_until" bigint,
	"decision_note" text,
	"decided_by" text,
	"decided_at" bigint,
	"confirmed_by" text,
	"proposal" text,
	"resolved_at" bigint,
	"updated_at" bigint NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "finding_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "host_state" (
	"name" text PRIMARY KEY NOT NULL,
	"full_at" bigint,
	"breaker" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outage" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text NOT NULL,
	"kind" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_announced_by_person_id_fk" FOREIGN KEY ("announced_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_uploaded_by_person_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_decided_by_person_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change" ADD CONSTRAINT "change_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_key" ADD CONSTRAINT "client_key_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_acknowledged_by_person_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_assignee_id_person_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_decided_by_person_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_confirmed_by_person_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outage" ADD CONSTRAINT "outage_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcement_client" ON "announcement" USING btree ("client_row_id");--> statement-breakpoint
CREATE INDEX "announcement_jkt" ON "announcement" USING btree ("jkt");--> statement-breakpoint
CREATE INDEX "attestation_client" ON "attestation" USING btree ("client_row_id");--> statement-breakpoint
CREATE INDEX "attestation_state" ON "attestation" USING btree ("state");--> statement-breakpoint
CREATE INDEX "change_client_at" ON "change" USING btree ("client_row_id","at");--> statement-breakpoint
CREATE INDEX "change_at" ON "change" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "client_key_client_jkt" ON "client_key" USING btree ("client_row_id","jkt");--> statement-breakpoint
CREATE INDEX "client_key_jkt" ON "client_key" USING btree ("jkt");--> statement-breakpoint
CREATE INDEX "delivery_next_attempt" ON "delivery" USING btree ("next_attempt_at");--> statement-breakpoint
CREATE INDEX "delivery_channel_at" ON "delivery" USING btree ("channel_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "finding_fingerprint_generation" ON "finding" USING btree ("fingerprint","generation");--> statement-breakpoint
CREATE INDEX "finding_state" ON "finding" USING btree ("state","severity");--> statement-breakpoint
CREATE INDEX "finding_client" ON "finding" USING btree ("client_row_id","state");--> statement-breakpoint
CREATE INDEX "finding_rollup" ON "finding" USING btree ("rollup_key");--> statement-breakpoint
CREATE INDEX "finding_parent" ON "finding" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "outage_client_started" ON "outage" USING btree ("client_row_id","started_at");--> statement-breakpoint
CREATE INDEX "outage_ended" ON "outage" USING btree ("ended_at");