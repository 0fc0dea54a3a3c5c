CREATE INDEX `client_valid_until` ON `client` (`valid_until`);--> statement-breakpoint
CREATE INDEX `client_key_removed_first_seen` ON `client_key` (`removed_at`,`first_seen_at`);