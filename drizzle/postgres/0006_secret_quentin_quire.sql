ALTER TABLE "channel" ADD COLUMN "off_reason" text;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "failing_since" bigint;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "removed_at" bigint;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "first_tried_at" bigint;