CREATE TABLE "claim" (
	"id" text PRIMARY KEY NOT NULL,
	"due_from" bigint NOT NULL,
	"due_to" bigint NOT NULL,
	"until" bigint NOT NULL
);
