CREATE TABLE `sighting_day` (
	`id` text PRIMARY KEY NOT NULL,
	`consumer_id` text NOT NULL,
	`day` integer NOT NULL,
	`begun` integer NOT NULL,
	`new_clients` integer NOT NULL,
	`left_out` integer NOT NULL,
	FOREIGN KEY (`consumer_id`) REFERENCES `consumer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `report` ADD `proven_by` text;