CREATE TABLE "sighting_batch" (
	"id" text PRIMARY KEY NOT NULL,
	"consumer_id" text NOT NULL,
	"at" bigint NOT NULL,
	"lines" integer NOT NULL,
	"new_clients" integer NOT NULL,
	"left_out" integer NOT NULL,
	"dropped" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "split_view" (
	"id" text PRIMARY KEY NOT NULL,
	"client_row_id" text NOT NULL,
	"kind" text NOT NULL,
	"digest" text NOT NULL,
	"consumer_id" text NOT NULL,
	"instance" text NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"times" integer NOT NULL,
	"state" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"looks" integer NOT NULL,
	"read_digest" text,
	"next_look_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sighting_batch" ADD CONSTRAINT "sighting_batch_consumer_id_consumer_id_fk" FOREIGN KEY ("consumer_id") REFERENCES "public"."consumer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_view" ADD CONSTRAINT "split_view_client_row_id_client_id_fk" FOREIGN KEY ("client_row_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_view" ADD CONSTRAINT "split_view_consumer_id_consumer_id_fk" FOREIGN KEY ("consumer_id") REFERENCES "public"."consumer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sighting_batch_consumer_at" ON "sighting_batch" USING btree ("consumer_id","at");--> statement-breakpoint
CREATE INDEX "sighting_batch_at" ON "sighting_batch" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "split_view_client_kind_digest" ON "split_view" USING btree ("client_row_id","kind","digest");--> statement-breakpoint
CREATE INDEX "split_view_next_look" ON "split_view" USING btree ("next_look_at");