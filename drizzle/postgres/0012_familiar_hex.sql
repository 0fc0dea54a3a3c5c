CREATE TABLE "activation" (
	"id" text PRIMARY KEY NOT NULL,
	"audience_id" text NOT NULL,
	"consumer_id" text NOT NULL,
	"instance" text NOT NULL,
	"epoch" integer NOT NULL,
	"rev" integer NOT NULL,
	"activated_at" bigint NOT NULL,
	"received_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "activation" ADD CONSTRAINT "activation_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activation" ADD CONSTRAINT "activation_consumer_id_consumer_id_fk" FOREIGN KEY ("consumer_id") REFERENCES "public"."consumer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "activation_instance_rev" ON "activation" USING btree ("consumer_id","instance","epoch","rev");--> statement-breakpoint
CREATE INDEX "activation_audience_rev" ON "activation" USING btree ("audience_id","epoch","rev");