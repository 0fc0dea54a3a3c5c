ALTER TABLE "announcement" ADD COLUMN "confirmed_by" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "asked_role" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "asked_role_by" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "reviewer_until" bigint;--> statement-breakpoint
ALTER TABLE "resource" ADD COLUMN "scopes_since" text;--> statement-breakpoint
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_confirmed_by_person_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;