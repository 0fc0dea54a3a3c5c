ALTER TABLE "client" ADD COLUMN "last_unconditional_at" bigint;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "unconfirmed_digest" text;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "unconfirmed_turns" integer;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "look_again_at" bigint;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "recent_digests" text;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "approved_except" text;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "unsettled" boolean;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "tls" text;--> statement-breakpoint
ALTER TABLE "request" ADD COLUMN "excluded" text;--> statement-breakpoint
ALTER TABLE "snapshot" ADD COLUMN "attested" boolean;--> statement-breakpoint
ALTER TABLE "vote" ADD COLUMN "excluded" text;