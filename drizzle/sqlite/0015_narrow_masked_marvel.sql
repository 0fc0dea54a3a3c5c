CREATE TABLE `sighting_batch` (
	`id` text PRIMARY KEY NOT NULL,
	`consumer_id` text NOT NULL,
	`at` integer NOT NULL,
	`lines` integer NOT NULL,
	`new_clients` integer NOT NULL,
	`left_out` integer NOT NULL,
	`dropped` integer NOT NULL,
	FOREIGN KEY (`consumer_id`) REFERENCES `consumer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sighting_batch_consumer_at` ON `sighting_batch` (`consumer_id`,`at`);--> statement-breakpoint
CREATE INDEX `sighting_batch_at` ON `sighting_batch` (`at`);--> statement-breakpoint
CREATE TABLE `split_view` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text NOT NULL,
	`kind` text NOT NULL,
	`digest` text NOT NULL,
	`consumer_id` text NOT NULL,
	`instance` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`times` integer NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`looks` integer NOT NULL,
	`read_digest` text,
	`next_look_at` integer NOT NULL,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consumer_id`) REFERENCES `consumer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `split_view_client_kind_digest` ON `split_view` (`client_row_id`,`kind`,`digest`);--> statement-breakpoint
CREATE INDEX `split_view_next_look` ON `split_view` (`next_look_at`);