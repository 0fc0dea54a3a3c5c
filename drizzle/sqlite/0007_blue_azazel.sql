CREATE TABLE `claim` (
	`id` text PRIMARY KEY NOT NULL,
	`due_from` integer NOT NULL,
	`due_to` integer NOT NULL,
	`until` integer NOT NULL
);
