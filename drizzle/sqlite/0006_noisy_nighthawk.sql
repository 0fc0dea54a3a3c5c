ALTER TABLE `channel` ADD `off_reason` text;--> statement-breakpoint
ALTER TABLE `channel` ADD `failing_since` integer;--> statement-breakpoint
ALTER TABLE `channel` ADD `removed_at` integer;--> statement-breakpoint
ALTER TABLE `delivery` ADD `first_tried_at` integer;