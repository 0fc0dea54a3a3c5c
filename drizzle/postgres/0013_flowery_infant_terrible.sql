ALTER TABLE "report" ADD COLUMN "divergent_digest" text;--> statement-breakpoint
ALTER TABLE "seen_client" ADD COLUMN "discover_at" bigint;--> statement-breakpoint
CREATE INDEX "seen_client_discover" ON "seen_client" USING btree ("discover_at");