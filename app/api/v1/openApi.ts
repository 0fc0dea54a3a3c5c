import { dismissReasons } from "#lib/core/finding/Finding.ts";
import { schemas } from "./openApiSchemas.ts";
import { copyPaths, namespacePaths, unknownPaths } from "./openApiTrust.ts";
import { operation, refused } from "./openApiOperation.ts";
import { peoplePaths, releasePaths, signingKeyPaths } from "./openApiReleases.ts";
import {
  because,
  clientWords,
  grantWords,
  list,
  moment,
  number,
  object,
  ref,
  strings,
  text,
  type Json,
} from "./openApiWords.ts";

const profile = { enum: ["ietf", "mcp", "atproto"], default: "ietf" };
const triage = (summary: string, properties: Json, required: readonly string[] = []) => ({
  post: operation(summary, {
    path: ["number"],
    body: object({ ...properties, revision: number }, required),
    answer: ref("Finding"),
  }),
});
const shrink = (summary: string) => ({
  post: operation(summary, { path: ["id"], body: because, answer: ref("Client") }),
});

/** The API in its own words: OpenAPI 3.1, served as it stands here. */
export const openApi = {
  openapi: "3.1.0",
  info: {
    title: "Rollcall",
    version: "1",
    description:
      "The inventory of OAuth clients that identify themselves with a URL. Errors are problem details (RFC 9457).",
  },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }, { session: [] }],
  paths: {
    "/clients": {
      get: operation("Lists clients, by client_id", {
        query: [
          ["q", "The filter language of the Clients screen, e.g. lifecycle:approved risk:high claude"],
          ["limit", "1 to 500; 100 when absent"],
          ["cursor", "next_cursor of the page before"],
        ],
        answer: object({
          clients: list(ref("ClientLine")),
          matching: number,
          next_cursor: { type: ["string", "null"] },
        }),
      }),
      post: operation("Registers a client and asks for its approval", {
        body: object(
          {
            client_id: text,
            profile,
            ...clientWords,
            ...grantWords,
            reason: text,
            record_unread: {
              type: "boolean",
              description:
                "Records a client whose host lets only browsers in; grants and reason are left out, and nothing is asked for",
            },
          },
          ["client_id", "owner_team_id", "sponsor", "purpose"],
        ),
        status: 201,
        answer: object({ id: text, request_number: { type: ["integer", "null"] } }),
      }),
    },
    "/clients/{id}": {
      get: operation("One client", { path: ["id"], answer: ref("Client") }),
      patch: operation("Changes who answers for a client", {
        path: ["id"],
        body: object({ revision: number, ...clientWords }, ["revision"]),
        answer: ref("Client"),
      }),
    },
    "/clients/{id}/suspend": shrink("Takes an approved client off every list at once"),
    "/clients/{id}/block": shrink("Refuses a client everywhere until it is unblocked"),
    "/clients/{id}/retire": shrink("Takes a client out of use"),
    "/clients/{id}/refresh": {
      post: operation("Fetches the document now", {
        path: ["id"],
        answer: object({ outcome: text, sentence: text, changed: { type: "boolean" } }),
      }),
    },
    "/clients/{id}/announcements": {
      get: operation("Keys that were announced, newest first", {
        path: ["id"],
        answer: object({ announcements: list(ref("Announcement")) }),
      }),
      post: operation("Announces the next key; only with a session. Send jkt or jwk, never a private key", {
        path: ["id"],
        body: object(
          { jkt: text, jwk: { type: "object" }, note: text, expected_by: { type: "string", format: "date" } },
          ["expected_by"],
        ),
        status: 201,
        answer: object({ id: text, jkt: text }),
      }),
    },
    "/announcements/{id}/confirm": {
      post: operation("The second person stands behind an announced key; only with a session", {
        path: ["id"],
        status: 204,
      }),
    },
    "/announcements/{id}/withdraw": {
      post: operation("Takes an announcement back; only with a session", { path: ["id"], status: 204 }),
    },
    "/preview": {
      post: operation("What a client_id says and means right now; saves nothing", {
        body: object({ client_id: text, profile }, ["client_id"]),
        answer: object({
          client_id: text,
          verdict: { enum: ["valid", "warn", "invalid"] },
          results: list(ref("Result")),
        }),
      }),
    },
    "/requests": {
      get: operation("Lists requests, newest first", {
        query: [
          ["state", "open, approved, denied, withdrawn or expired; all when absent"],
          ["limit", "1 to 500; 100 when absent"],
        ],
        answer: object({ requests: list(ref("RequestLine")) }),
      }),
      post: operation("Asks for more trust in a client of the inventory", {
        body: object(
          {
            id: text,
            kind: { enum: ["approve", "change", "unsuspend", "unblock"] },
            ...grantWords,
            reason: text,
          },
          ["id", "kind", "reason"],
        ),
        status: 201,
        answer: object({ number }),
      }),
    },
    "/requests/{number}": {
      get: operation("One request, with the digest that votes bind to", {
        path: ["number"],
        answer: ref("Request"),
      }),
    },
    "/requests/{number}/votes": {
      post: operation("Votes; only with a session, a token never votes", {
        path: ["number"],
        body: object(
          {
            verdict: { enum: ["approve", "deny"] },
            reason: text,
            digest: text,
            excluded: list(object({ member: text, value: text }, ["member"])),
          },
          ["verdict", "reason", "digest"],
        ),
        answer: object({ state: text, votes_missing: number, obstacle: text }),
      }),
    },
    "/requests/{number}/withdraw": {
      post: operation("Takes a request back", { path: ["number"], body: because, answer: ref("Request") }),
    },
    "/findings": {
      get: operation("Lists findings, the gravest and then the oldest first", {
        query: [
          [
            "state",
            "open, acknowledged, snoozed, dismissed, waived, resolved, several with commas, or any; open,acknowledged when absent",
          ],
          ["severity", "critical, high, medium, low, info; several with commas"],
          ["rule", "Id of a rule"],
          ["client", "Id or client_id; lists also what a finding about its host speaks for"],
          ["host", "Host of the clients"],
          ["team", "Id of the owner team"],
          ["overdue", "true: only those that missed a deadline"],
          ["assignee", "Id of a person, or none"],
          ["limit", "1 to 500; 100 when absent"],
          ["cursor", "next_cursor of the page before"],
        ],
        answer: object({
          findings: list(ref("FindingLine")),
          matching: number,
          next_cursor: { type: ["string", "null"] },
        }),
      }),
    },
    "/findings/{number}": {
      get: operation("One finding, what was decided about it and its history", {
        path: ["number"],
        answer: ref("Finding"),
      }),
    },
    "/findings/{number}/acknowledge": triage("Says that somebody deals with it", { note: text }),
    "/findings/{number}/assign": triage(
      "Names who deals with it; null for nobody",
      { person_id: { type: ["string", "null"] }, note: text },
      ["person_id"],
    ),
    "/findings/{number}/snooze": triage(
      "Lets it rest until a date, or without one until the document changes",
      {
        until: moment,
        note: text,
      },
    ),
    "/findings/{number}/dismiss": triage(
      "Puts it aside while its cause stands; of a high or critical one a proposal. People only",
      { reason: { enum: [...dismissReasons] }, note: text },
      ["reason", "note"],
    ),
    "/findings/{number}/waive": triage(
      "Accepts the risk until a date; of a high or critical one a proposal. People only",
      { control: text, until: moment, note: text },
      ["control", "until", "note"],
    ),
    "/findings/{number}/confirm": triage("The second person agrees to what is proposed", { note: text }),
    "/findings/{number}/decline": triage("Takes a proposal off the table", { note: text }, ["note"]),
    "/findings/{number}/reopen": triage("Takes back that it was put aside. People only", { note: text }, [
      "note",
    ]),
    "/audiences": {
      get: operation("Authorization servers, their newest release and where they stand", {
        answer: object({ audiences: list(ref("Audience")) }),
      }),
      post: operation("Makes an authorization server an audience with a list of its own", {
        body: object(
          {
            slug: text,
            name: text,
            issuer: text,
            is_private: { type: "boolean", default: true },
            resources: list(ref("Resource")),
          },
          ["slug", "name"],
        ),
        status: 201,
        answer: object({ id: text }),
      }),
    },
    "/audiences/{slug}/resources": {
      post: operation("Adds a resource, or changes the one with the same uri", {
        path: ["slug"],
        body: ref("Resource"),
        answer: object({ id: text }),
      }),
    },
    "/audiences/{slug}/consumers": {
      post: operation("Connects a server; its token is shown once", {
        path: ["slug"],
        body: object({ name: text }, ["name"]),
        status: 201,
        answer: object({ consumer_id: text, token: text, enrolment: text }),
      }),
    },
    ...copyPaths,
    ...namespacePaths,
    ...unknownPaths,
    ...releasePaths,
    ...signingKeyPaths,
    ...peoplePaths,
    "/evaluate": {
      get: operation("What an authorization server decides by the newest release", {
        query: [
          ["audience", "Short name of the authorization server", true],
          ["client_id", "Compared as a string", true],
          ["redirect_uri", "Checked when given"],
          ["resource", "Checked when given"],
          ["scope", "Space-separated; checked when given"],
        ],
        answer: object({
          decision: { enum: ["allow", "deny"] },
          reasons: strings,
          sentence: text,
          seq: { type: ["integer", "null"] },
          namespace: text,
        }),
      }),
    },
    "/journal": {
      get: {
        ...operation("The journal as JSON lines; SHA-256 of bytes is hash", {
          query: [["after", "Leaves out the lines up to this seq"]],
        }),
        responses: {
          "200": {
            description: "One line each.",
            content: { "application/x-ndjson": { schema: ref("JournalLine") } },
          },
          "4XX": refused,
        },
      },
    },
    "/channels": {
      get: operation("Notification channels and how they fare, without their secrets", {
        answer: object({ channels: list(ref("Channel")) }),
      }),
    },
    "/deliveries": {
      get: operation("What was sent, or is to be, newest first", {
        query: [
          ["channel", "Id of a channel"],
          ["state", "waiting, collecting, digested, delivered or failed; all when absent"],
          ["limit", "1 to 500; 100 when absent"],
          ["cursor", "next_cursor of the page before"],
        ],
        answer: object({ deliveries: list(ref("Delivery")), next_cursor: { type: ["string", "null"] } }),
      }),
    },
    "/tokens": {
      get: operation("API tokens, without their secrets", {
        answer: object({ tokens: list(object({ id: text })) }),
      }),
      post: operation("Makes a token; it is shown once", {
        body: object({ name: text, role: { enum: ["ci", "reader", "operator"] }, days: number }, [
          "name",
          "role",
        ]),
        status: 201,
        answer: object({ id: text, token: text }),
      }),
    },
    "/tokens/{id}": { delete: operation("Ends a token at once", { path: ["id"], status: 204 }) },
    "/openapi.json": { get: { ...operation("This page", {}), security: [] } },
  },
  components: {
    securitySchemes: {
      token: {
        type: "http",
        scheme: "bearer",
        description: "rct_… made under Settings or with POST /tokens.",
      },
      session: {
        type: "apiKey",
        in: "cookie",
        name: "rollcall_session",
        description: "A signed-in browser. What changes something must come from the same origin.",
      },
    },
    responses: {
      Problem: {
        description: "Refused, with a sentence that says why and what to do.",
        content: { "application/problem+json": { schema: ref("Problem") } },
      },
    },
    schemas,
  },
} as const;
