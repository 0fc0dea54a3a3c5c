DROP INDEX `vote_request_person_digest`;--> statement-breakpoint
CREATE INDEX `vote_request` ON `vote` (`request_id`);