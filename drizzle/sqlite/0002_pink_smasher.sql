CREATE TABLE `announcement` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text NOT NULL,
	`jkt` text NOT NULL,
	`note` text NOT NULL,
	`expected_by` integer NOT NULL,
	`announced_by` text,
	`at` integer NOT NULL,
	`matched_at` integer,
	`missed_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`announced_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `announcement_client` ON `announcement` (`client_row_id`);--> statement-breakpoint
CREATE INDEX `announcement_jkt` ON `announcement` (`jkt`);--> statement-breakpoint
CREATE TABLE `attestation` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text NOT NULL,
	`snapshot_id` text NOT NULL,
	`state` text NOT NULL,
	`note` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`uploaded_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`decided_reason` text,
	`renew_by` integer,
	`revision` integer NOT NULL,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attestation_client` ON `attestation` (`client_row_id`);--> statement-breakpoint
CREATE INDEX `attestation_state` ON `attestation` (`state`);--> statement-breakpoint
CREATE TABLE `change` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text NOT NULL,
	`before_id` text NOT NULL,
	`after_id` text NOT NULL,
	`severity` text NOT NULL,
	`changes` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `change_client_at` ON `change` (`client_row_id`,`at`);--> statement-breakpoint
CREATE INDEX `change_at` ON `change` (`at`);--> statement-breakpoint
CREATE TABLE `channel` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`settings` text NOT NULL,
	`minimum_severity` text NOT NULL,
	`topics` text NOT NULL,
	`team_id` text,
	`active` integer NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`revision` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `channel_name_unique` ON `channel` (`name`);--> statement-breakpoint
CREATE TABLE `client_key` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text NOT NULL,
	`jkt` text NOT NULL,
	`kid` text,
	`kind` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`removed_at` integer,
	`leaked_at` integer,
	`overlap` integer,
	`wanted_overlap` integer,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `client_key_client_jkt` ON `client_key` (`client_row_id`,`jkt`);--> statement-breakpoint
CREATE INDEX `client_key_jkt` ON `client_key` (`jkt`);--> statement-breakpoint
CREATE TABLE `delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`channel_id` text NOT NULL,
	`event_id` text NOT NULL,
	`topic` text NOT NULL,
	`severity` text,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer,
	`leased_until` integer,
	`last_status` integer,
	`last_sentence` text,
	`at` integer NOT NULL,
	`delivered_at` integer,
	FOREIGN KEY (`channel_id`) REFERENCES `channel`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `delivery_next_attempt` ON `delivery` (`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `delivery_channel_at` ON `delivery` (`channel_id`,`at`);--> statement-breakpoint
CREATE TABLE `finding` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`generation` integer NOT NULL,
	`rollup_key` text NOT NULL,
	`parent_id` text,
	`members` integer NOT NULL,
	`rule` text NOT NULL,
	`value` text,
	`severity` text NOT NULL,
	`effect` text NOT NULL,
	`state` text NOT NULL,
	`client_row_id` text,
	`host` text NOT NULL,
	`message` text NOT NULL,
	`path` text NOT NULL,
	`before` text,
	`after` text,
	`snapshot_id` text,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`cleared_times` integer NOT NULL,
	`regressions` integer NOT NULL,
	`regressed_at` integer,
	`acknowledge_by` integer,
	`decide_by` integer,
	`overdue_noted_at` integer,
	`acknowledged_at` integer,
	`acknowledged_by` text,
	`assignee_id` text,
	`snoozed_until` integer,
	`snoozed_snapshot_id` text,
	`dismiss_reason` text,
	`control` text,
	`waived_until` integer,
	`decision_note` text,
	`decided_by` text,
	`decided_at` integer,
	`confirmed_by` text,
	`proposal` text,
	`resolved_at` integer,
	`updated_at` integer NOT NULL,
	`revision` integer NOT NULL,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`acknowledged_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignee_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `finding_number_unique` ON `finding` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `finding_fingerprint_generation` ON `finding` (`fingerprint`,`generation`);--> statement-breakpoint
CREATE INDEX `finding_state` ON `finding` (`state`,`severity`);--> statement-breakpoint
CREATE INDEX `finding_client` ON `finding` (`client_row_id`,`state`);--> statement-breakpoint
CREATE INDEX `finding_rollup` ON `finding` (`rollup_key`);--> statement-breakpoint
CREATE INDEX `finding_parent` ON `finding` (`parent_id`);--> statement-breakpoint
CREATE TABLE `host_state` (
	`name` text PRIMARY KEY NOT NULL,
	`full_at` integer,
	`breaker` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outage` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text NOT NULL,
	`kind` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `outage_client_started` ON `outage` (`client_row_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `outage_ended` ON `outage` (`ended_at`);