ALTER TABLE `client` ADD `certificate` text;--> statement-breakpoint
ALTER TABLE `client` ADD `certificate_issuer` text;