CREATE TABLE "sighting_day" (
	"id" text PRIMARY KEY NOT NULL,
	"consumer_id" text NOT NULL,
	"day" bigint NOT NULL,
	"begun" integer NOT NULL,
	"new_clients" integer NOT NULL,
	"left_out" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "proven_by" text;--> statement-breakpoint
ALTER TABLE "sighting_day" ADD CONSTRAINT "sighting_day_consumer_id_consumer_id_fk" FOREIGN KEY ("consumer_id") REFERENCES "public"."consumer"("id") ON DELETE no action ON UPDATE no action;