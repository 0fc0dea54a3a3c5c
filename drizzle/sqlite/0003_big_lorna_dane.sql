ALTER TABLE `client` ADD `key_set_url` text;--> statement-breakpoint
ALTER TABLE `client` ADD `key_set_etag` text;--> statement-breakpoint
ALTER TABLE `client` ADD `key_set_last_modified` text;--> statement-breakpoint
ALTER TABLE `client_key` ADD `returned_at` integer;--> statement-breakpoint
ALTER TABLE `host_state` ADD `queued_until` integer;