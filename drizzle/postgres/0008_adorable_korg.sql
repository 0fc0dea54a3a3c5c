ALTER TABLE "client" ADD COLUMN "body_digest" text;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "key_set_body_digest" text;