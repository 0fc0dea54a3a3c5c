ALTER TABLE `report` ADD `divergent_digest` text;--> statement-breakpoint
ALTER TABLE `seen_client` ADD `discover_at` integer;--> statement-breakpoint
CREATE INDEX `seen_client_discover` ON `seen_client` (`discover_at`);