ALTER TABLE "client" DROP COLUMN "leased_until";--> statement-breakpoint
ALTER TABLE "client" DROP COLUMN "tls";