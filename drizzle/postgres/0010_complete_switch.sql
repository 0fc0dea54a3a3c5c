ALTER TABLE "client" ADD COLUMN "certificate" text;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "certificate_issuer" text;