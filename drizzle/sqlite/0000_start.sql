CREATE TABLE `allowlist_object` (
	`sha` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`gzip` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `api_token` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`role` text NOT NULL,
	`audience_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`last_used_at` integer,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_token_token_hash_unique` ON `api_token` (`token_hash`);--> statement-breakpoint
CREATE TABLE `audience` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`issuer` text,
	`is_private` integer NOT NULL,
	`salt` text,
	`epoch` integer NOT NULL,
	`created_at` integer NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audience_slug_unique` ON `audience` (`slug`);--> statement-breakpoint
CREATE TABLE `client` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`host` text NOT NULL,
	`domain` text NOT NULL,
	`name` text NOT NULL,
	`profile` text NOT NULL,
	`lifecycle` text NOT NULL,
	`lifecycle_reason` text,
	`lifecycle_at` integer NOT NULL,
	`sync` text NOT NULL,
	`risk_tier` text NOT NULL,
	`risk_reasons` text NOT NULL,
	`owner_team_id` text,
	`sponsor` text,
	`purpose` text,
	`contract` text,
	`registered_by` text,
	`last_edited_by` text,
	`live_snapshot_id` text,
	`approved_snapshot_id` text,
	`approved_request_id` text,
	`approved_at` integer,
	`valid_until` integer,
	`self_approved` integer NOT NULL,
	`etag` text,
	`last_modified` text,
	`last_fetched_at` integer,
	`last_outcome` text,
	`failures` integer NOT NULL,
	`failing_since` integer,
	`next_fetch_at` integer,
	`leased_until` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`revision` integer NOT NULL,
	FOREIGN KEY (`owner_team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`registered_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`last_edited_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `client_client_id_unique` ON `client` (`client_id`);--> statement-breakpoint
CREATE INDEX `client_next_fetch` ON `client` (`next_fetch_at`);--> statement-breakpoint
CREATE INDEX `client_lifecycle` ON `client` (`lifecycle`);--> statement-breakpoint
CREATE INDEX `client_host` ON `client` (`host`);--> statement-breakpoint
CREATE INDEX `client_domain` ON `client` (`domain`);--> statement-breakpoint
CREATE INDEX `client_owner` ON `client` (`owner_team_id`);--> statement-breakpoint
CREATE TABLE `consumer` (
	`id` text PRIMARY KEY NOT NULL,
	`audience_id` text NOT NULL,
	`name` text NOT NULL,
	`token_id` text,
	`created_at` integer NOT NULL,
	`last_pull_at` integer,
	`last_pull_seq` integer,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`token_id`) REFERENCES `api_token`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consumer_audience_name` ON `consumer` (`audience_id`,`name`);--> statement-breakpoint
CREATE TABLE `due` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`cause` text NOT NULL,
	`at` integer NOT NULL,
	`leased_until` integer
);
--> statement-breakpoint
CREATE INDEX `due_at` ON `due` (`at`);--> statement-breakpoint
CREATE TABLE `fetch_log` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text,
	`url` text NOT NULL,
	`kind` text NOT NULL,
	`outcome` text NOT NULL,
	`sentence` text NOT NULL,
	`status` integer,
	`milliseconds` integer NOT NULL,
	`bytes` integer NOT NULL,
	`address` text,
	`tls` text,
	`digest` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `fetch_log_client_at` ON `fetch_log` (`client_row_id`,`at`);--> statement-breakpoint
CREATE TABLE `grant` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text NOT NULL,
	`resource` text NOT NULL,
	`scopes` text NOT NULL,
	`request_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `grant_client_resource` ON `grant` (`client_row_id`,`resource`);--> statement-breakpoint
CREATE TABLE `head` (
	`id` text PRIMARY KEY NOT NULL,
	`audience_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`rev` integer NOT NULL,
	`root` text NOT NULL,
	`count` integer NOT NULL,
	`deny` text NOT NULL,
	`prev` text,
	`jws` text NOT NULL,
	`digest` text NOT NULL,
	`kid` text NOT NULL,
	`issued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`cause` text NOT NULL,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `head_audience_epoch_seq` ON `head` (`audience_id`,`epoch`,`seq`);--> statement-breakpoint
CREATE TABLE `invite` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`email` text,
	`role` text NOT NULL,
	`team_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `journal` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`subject_name` text NOT NULL,
	`bytes` text NOT NULL,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `journal_subject` ON `journal` (`subject_kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `journal_at` ON `journal` (`at`);--> statement-breakpoint
CREATE TABLE `journal_head` (
	`id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `list_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`audience_id` text NOT NULL,
	`client_id` text NOT NULL,
	`entry` text NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `list_entry_audience_client` ON `list_entry` (`audience_id`,`client_id`);--> statement-breakpoint
CREATE TABLE `membership` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `membership_person_team` ON `membership` (`person_id`,`team_id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`payload` text NOT NULL,
	`at` integer NOT NULL,
	`next_attempt_at` integer,
	`attempts` integer NOT NULL,
	`leased_until` integer,
	`delivered_at` integer
);
--> statement-breakpoint
CREATE INDEX `outbox_next_attempt` ON `outbox` (`next_attempt_at`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text,
	`active` integer NOT NULL,
	`created_at` integer NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_email_unique` ON `person` (`email`);--> statement-breakpoint
CREATE TABLE `report` (
	`id` text PRIMARY KEY NOT NULL,
	`consumer_id` text NOT NULL,
	`instance` text NOT NULL,
	`epoch` integer,
	`seq` integer,
	`rev` integer,
	`digest` text,
	`activated_at` integer,
	`checked_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`mode` text NOT NULL,
	`enforcement` text NOT NULL,
	`error_code` text,
	`error_detail` text,
	`software` text NOT NULL,
	FOREIGN KEY (`consumer_id`) REFERENCES `consumer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `report_consumer_instance` ON `report` (`consumer_id`,`instance`);--> statement-breakpoint
CREATE TABLE `request` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`client_row_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`snapshot_id` text NOT NULL,
	`grants` text NOT NULL,
	`valid_days` integer NOT NULL,
	`reason` text NOT NULL,
	`required_votes` integer NOT NULL,
	`requested_by` text,
	`requested_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_at` integer,
	`decided_reason` text,
	`revision` integer NOT NULL,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `request_number_unique` ON `request` (`number`);--> statement-breakpoint
CREATE INDEX `request_client` ON `request` (`client_row_id`);--> statement-breakpoint
CREATE INDEX `request_state` ON `request` (`state`,`requested_at`);--> statement-breakpoint
CREATE TABLE `resource` (
	`id` text PRIMARY KEY NOT NULL,
	`audience_id` text NOT NULL,
	`uri` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`sensitive_scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`audience_id`) REFERENCES `audience`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `resource_audience_uri` ON `resource` (`audience_id`,`uri`);--> statement-breakpoint
CREATE TABLE `session` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_person` ON `session` (`person_id`);--> statement-breakpoint
CREATE TABLE `sign_in_throttle` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_at` integer NOT NULL,
	`blocked_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `signing_key` (
	`kid` text PRIMARY KEY NOT NULL,
	`alg` text NOT NULL,
	`state` text NOT NULL,
	`public_jwk` text NOT NULL,
	`sealed_private_jwk` text NOT NULL,
	`published_at` integer NOT NULL,
	`activated_at` integer,
	`retiring_at` integer,
	`retired_at` integer,
	`last_head_expires_at` integer
);
--> statement-breakpoint
CREATE TABLE `snapshot` (
	`id` text PRIMARY KEY NOT NULL,
	`client_row_id` text NOT NULL,
	`number` integer NOT NULL,
	`digest` text NOT NULL,
	`raw_digest` text NOT NULL,
	`canonical_digest` text NOT NULL,
	`semantic_digest` text NOT NULL,
	`key_set_digest` text,
	`document_text` text NOT NULL,
	`metadata` text NOT NULL,
	`keys` text NOT NULL,
	`key_set_source` text,
	`results` text NOT NULL,
	`errors` integer NOT NULL,
	`warnings` integer NOT NULL,
	`first_seen_at` integer NOT NULL,
	FOREIGN KEY (`client_row_id`) REFERENCES `client`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `snapshot_client_digest` ON `snapshot` (`client_row_id`,`digest`);--> statement-breakpoint
CREATE UNIQUE INDEX `snapshot_client_number` ON `snapshot` (`client_row_id`,`number`);--> statement-breakpoint
CREATE TABLE `team` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `team_name_unique` ON `team` (`name`);--> statement-breakpoint
CREATE TABLE `vote` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`person_id` text NOT NULL,
	`verdict` text NOT NULL,
	`reason` text NOT NULL,
	`digest` text NOT NULL,
	`at` integer NOT NULL,
	`voided_at` integer,
	FOREIGN KEY (`request_id`) REFERENCES `request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `vote_request_person_digest` ON `vote` (`request_id`,`person_id`,`digest`);