ALTER TABLE `client` ADD `last_unconditional_at` integer;--> statement-breakpoint
ALTER TABLE `client` ADD `unconfirmed_digest` text;--> statement-breakpoint
ALTER TABLE `client` ADD `unconfirmed_turns` integer;--> statement-breakpoint
ALTER TABLE `client` ADD `look_again_at` integer;--> statement-breakpoint
ALTER TABLE `client` ADD `recent_digests` text;--> statement-breakpoint
ALTER TABLE `client` ADD `approved_except` text;--> statement-breakpoint
ALTER TABLE `client` ADD `unsettled` integer;--> statement-breakpoint
ALTER TABLE `client` ADD `address` text;--> statement-breakpoint
ALTER TABLE `client` ADD `tls` text;--> statement-breakpoint
ALTER TABLE `request` ADD `excluded` text;--> statement-breakpoint
ALTER TABLE `snapshot` ADD `attested` integer;--> statement-breakpoint
ALTER TABLE `vote` ADD `excluded` text;