ALTER TABLE `client` ADD `body_digest` text;--> statement-breakpoint
ALTER TABLE `client` ADD `key_set_body_digest` text;