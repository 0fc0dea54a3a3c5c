import { operation } from "./openApiOperation.ts";
import { because, flag, list, maybeText, number, object, ref, text } from "./openApiWords.ts";

const releases = object({
  releases: list(ref("ReleaseLine")),
  held: { type: ["object", "null"], description: "Set while the list is rolled back" },
  pending: { type: ["string", "null"], description: "Why the next release is being made" },
});

/** What was published, and going back to it. */
export const releasePaths = {
  "/audiences/{slug}/releases": {
    get: operation("The last 60 releases of a list, newest first", { path: ["slug"], answer: releases }),
  },
  "/audiences/{slug}/releases/{rev}": {
    get: operation("What a release says, and what it says otherwise than another one", {
      path: ["slug", "rev"],
      query: [["against", "Number of the release to compare with; the one before it when absent"]],
      answer: ref("Release"),
    }),
  },
  "/audiences/{slug}/rollback": {
    post: operation("Rolls a list back to a release; only with a session", {
      path: ["slug"],
      body: object(
        {
          rev: { type: "integer", minimum: 1 },
          epoch: { type: "integer", minimum: 1, description: "The newest that has the release when absent" },
          reason: text,
        },
        ["rev", "reason"],
      ),
      answer: releases,
    }),
  },
  "/audiences/{slug}/rollback/end": {
    post: operation("Asks to end a rollback, or confirms what another person asked; only with a session", {
      path: ["slug"],
      answer: object({ outcome: { enum: ["asked", "released"] } }),
    }),
  },
  "/audiences/{slug}/rollback/keep": {
    post: operation("Says no to whoever asked to end a rollback; only with a session", {
      path: ["slug"],
      answer: object({ outcome: { enum: ["kept"] } }),
    }),
  },
  "/audiences/{slug}/resume": {
    post: operation("Publishes again after a restored backup; administrators only", {
      path: ["slug"],
      body: because,
      answer: object({ seq: number }),
    }),
  },
};

export const signingKeyPaths = {
  "/signing-keys": {
    get: operation("The keys that sign the lists, what comes next, and the newest root-signed key set", {
      answer: object({
        keys: list(ref("SigningKey")),
        next: object({ step: { enum: ["publish", "sign", "wait"] }, kid: maybeText, sentence: text }),
        key_set: { type: ["object", "null"] },
        trouble: { type: ["object", "null"] },
      }),
    }),
  },
  "/signing-keys/rotate": {
    post: operation("Publishes a next key; called again a day later, lets it sign. Administrators only", {
      body: object({ force: { type: "boolean", default: false } }),
      bodyOptional: true,
      answer: object({ kid: maybeText, state: { enum: ["asked", "next", "active"] }, sentence: text }),
    }),
  },
  "/signing-keys/{kid}/revoke": {
    post: operation("Takes a key that others may know out of use at once; administrators only", {
      path: ["kid"],
      body: because,
      answer: object({ successor: maybeText, was: text, needs_root: flag, sentence: text }),
    }),
  },
  "/signing-keys/{kid}/exposure": {
    get: operation("Until when each server may accept what a key signs; as if revoked now when it is not", {
      path: ["kid"],
      answer: object({
        kid: text,
        state: text,
        revoked_at: maybeText,
        reason: maybeText,
        servers: list(
          object({ server: text, audience: text, state: text, until: maybeText, sentence: text }),
        ),
      }),
    }),
  },
};

/** Who there is, for the ids that other calls take; and what waits for whoever asks. */
export const peoplePaths = {
  "/people": {
    get: operation("People with their roles and teams, those who left last", {
      answer: object({
        people: list(
          object({
            id: text,
            name: text,
            role: text,
            active: flag,
            teams: list(object({ id: text, name: text })),
          }),
        ),
      }),
    }),
  },
  "/teams": {
    get: operation("Teams, by name", {
      answer: object({ teams: list(object({ id: text, name: text, people: number, clients: number })) }),
    }),
  },
  "/inbox": {
    get: operation("What waits for whoever is signed in; only with a session", {
      answer: object({
        items: list(
          object({
            key: text,
            part: text,
            severity: text,
            title: text,
            note: text,
            subject: { type: "object" },
          }),
        ),
        waiting: number,
      }),
    }),
  },
};
