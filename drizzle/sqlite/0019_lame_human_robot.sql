ALTER TABLE `announcement` ADD `confirmed_by` text REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `person` ADD `asked_role` text;--> statement-breakpoint
ALTER TABLE `person` ADD `asked_role_by` text;--> statement-breakpoint
ALTER TABLE `person` ADD `reviewer_until` integer;--> statement-breakpoint
ALTER TABLE `resource` ADD `scopes_since` text;