CREATE TABLE `condition` (
	`key` text PRIMARY KEY NOT NULL,
	`ok` integer NOT NULL,
	`sentence` text NOT NULL,
	`since` integer NOT NULL,
	`checked_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `host_block` (
	`host` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`blocked_by` text,
	`at` integer NOT NULL,
	`lift_asked_by` text,
	FOREIGN KEY (`blocked_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lift_asked_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `key_set` (
	`version` integer PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`jws` text NOT NULL,
	`digest` text NOT NULL,
	`roots` text NOT NULL,
	`kids` text NOT NULL,
	`issued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer NOT NULL,
	`accepted_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lease` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`token` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `list_change` (
	`id` text PRIMARY KEY NOT NULL,
	`audience_id` text NOT NULL,
	`client_row_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `list_change_audience` ON `list_change` (`audience_id`,`id`);--> statement-breakpoint
CREATE TABLE `list_node` (
	`id` text PRIMARY KEY NOT NULL,
	`audience_id` text NOT NULL,
	`prefix` text NOT NULL,
	`sha` text NOT NULL,
	`count` integer NOT NULL,
	`bytes` integer NOT NULL,
	`is_leaf` integer NOT NULL,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `list_node_audience_prefix` ON `list_node` (`audience_id`,`prefix`);--> statement-breakpoint
CREATE INDEX `list_node_sha` ON `list_node` (`sha`);--> statement-breakpoint
CREATE TABLE `log_checkpoint` (
	`size` integer PRIMARY KEY NOT NULL,
	`root` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `log_key` (
	`id` text PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	`verifier_key` text NOT NULL,
	`sealed_private_jwk` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `log_leaf` (
	`index` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `log_leaf_kind_ref` ON `log_leaf` (`kind`,`ref`);--> statement-breakpoint
CREATE TABLE `log_tile` (
	`id` text PRIMARY KEY NOT NULL,
	`hashes` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `namespace` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`pattern` text NOT NULL,
	`host` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`constraints` text NOT NULL,
	`proposed` text,
	`owner_team_id` text,
	`sponsor` text,
	`purpose` text,
	`requested_by` text,
	`requested_at` integer NOT NULL,
	`valid_days` integer NOT NULL,
	`approved_at` integer,
	`valid_until` integer,
	`state_at` integer NOT NULL,
	`revision` integer NOT NULL,
	FOREIGN KEY (`owner_team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `namespace_number_unique` ON `namespace` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `namespace_pattern_unique` ON `namespace` (`pattern`);--> statement-breakpoint
CREATE INDEX `namespace_host` ON `namespace` (`host`);--> statement-breakpoint
CREATE INDEX `namespace_state` ON `namespace` (`state`);--> statement-breakpoint
CREATE TABLE `namespace_vote` (
	`id` text PRIMARY KEY NOT NULL,
	`namespace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`verdict` text NOT NULL,
	`reason` text NOT NULL,
	`digest` text NOT NULL,
	`at` integer NOT NULL,
	`voided_at` integer,
	FOREIGN KEY (`namespace_id`) REFERENCES `namespace`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `namespace_vote_namespace` ON `namespace_vote` (`namespace_id`);--> statement-breakpoint
CREATE TABLE `seen_client` (
	`client_id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`domain` text NOT NULL,
	`allowed` integer NOT NULL,
	`refused` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`ignore_until` integer,
	`namespace_id` text,
	FOREIGN KEY (`namespace_id`) REFERENCES `namespace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seen_client_host` ON `seen_client` (`host`);--> statement-breakpoint
CREATE INDEX `seen_client_last` ON `seen_client` (`last_at`);--> statement-breakpoint
CREATE INDEX `seen_client_namespace` ON `seen_client` (`namespace_id`);--> statement-breakpoint
CREATE TABLE `sighting` (
	`id` text PRIMARY KEY NOT NULL,
	`audience_id` text NOT NULL,
	`consumer_id` text NOT NULL,
	`client_id` text NOT NULL,
	`day` integer NOT NULL,
	`shape` text NOT NULL,
	`shape_digest` text NOT NULL,
	`allowed` integer NOT NULL,
	`refused` integer NOT NULL,
	`outcomes` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consumer_id`) REFERENCES `consumer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sighting_consumer_client_day_shape` ON `sighting` (`consumer_id`,`client_id`,`day`,`shape_digest`);--> statement-breakpoint
CREATE INDEX `sighting_client_day` ON `sighting` (`client_id`,`day`);--> statement-breakpoint
CREATE INDEX `sighting_audience_day` ON `sighting` (`audience_id`,`day`);--> statement-breakpoint
ALTER TABLE `allowlist_object` ADD `unneeded_since` integer;--> statement-breakpoint
CREATE INDEX `allowlist_object_unneeded` ON `allowlist_object` (`unneeded_since`);--> statement-breakpoint
ALTER TABLE `audience` ADD `held_head_id` text;--> statement-breakpoint
ALTER TABLE `audience` ADD `held_by` text REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `audience` ADD `held_at` integer;--> statement-breakpoint
ALTER TABLE `audience` ADD `held_reason` text;--> statement-breakpoint
ALTER TABLE `audience` ADD `release_asked_by` text REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `audience` ADD `resume_after_seq` integer;--> statement-breakpoint
ALTER TABLE `head` ADD `ns` text;--> statement-breakpoint
ALTER TABLE `head` ADD `keys_version` integer;--> statement-breakpoint
CREATE INDEX `head_audience_rev` ON `head` (`audience_id`,`epoch`,`rev`);--> statement-breakpoint
CREATE INDEX `head_digest` ON `head` (`digest`);--> statement-breakpoint
ALTER TABLE `list_entry` ADD `path` text;--> statement-breakpoint
ALTER TABLE `list_entry` ADD `denied_at` integer;--> statement-breakpoint
CREATE INDEX `list_entry_audience_path` ON `list_entry` (`audience_id`,`path`);--> statement-breakpoint
CREATE INDEX `list_entry_audience_denied` ON `list_entry` (`audience_id`,`denied_at`);--> statement-breakpoint
ALTER TABLE `report` ADD `error_since` integer;--> statement-breakpoint
ALTER TABLE `signing_key` ADD `revoked_at` integer;--> statement-breakpoint
ALTER TABLE `signing_key` ADD `revoked_reason` text;--> statement-breakpoint
ALTER TABLE `signing_key` ADD `external` text;