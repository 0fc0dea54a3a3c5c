ALTER TABLE "client" ADD COLUMN "key_set_url" text;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "key_set_etag" text;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "key_set_last_modified" text;--> statement-breakpoint
ALTER TABLE "client_key" ADD COLUMN "returned_at" bigint;--> statement-breakpoint
ALTER TABLE "host_state" ADD COLUMN "queued_until" bigint;