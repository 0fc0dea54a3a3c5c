CREATE TABLE `activation` (
	`id` text PRIMARY KEY NOT NULL,
	`audience_id` text NOT NULL,
	`consumer_id` text NOT NULL,
	`instance` text NOT NULL,
	`epoch` integer NOT NULL,
	`rev` integer NOT NULL,
	`activated_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consumer_id`) REFERENCES `consumer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `activation_instance_rev` ON `activation` (`consumer_id`,`instance`,`epoch`,`rev`);--> statement-breakpoint
CREATE INDEX `activation_audience_rev` ON `activation` (`audience_id`,`epoch`,`rev`);