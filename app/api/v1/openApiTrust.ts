import { unknownShows } from "#lib/views/sightings/unknownClients.ts";
import { operation } from "./openApiOperation.ts";
import { because, flag, list, maybeText, number, object, ref, text, type Json } from "./openApiWords.ts";

const namespaceDays = { type: "integer", minimum: 1, maximum: 365, default: 180 };
const outcome = (words: readonly string[]) => object({ outcome: { enum: [...words] } });

/** Copies of documents that cannot be read from here. */
export const copyPaths = {
  "/clients/{id}/copies": {
    get: operation("Copies of the client's document that people uploaded, newest first", {
      path: ["id"],
      answer: object({ copies: list(ref("Copy")) }),
    }),
    post: operation(
      "Uploads a copy of a document that cannot be read from here; it waits for a second person. Only with a session. The body may have 1 MiB",
      {
        path: ["id"],
        body: object(
          {
            document: { type: "string", description: "The document's text, as a browser shows it" },
            key_set: { type: "string", description: "The text behind jwks_uri, where the document has one" },
            note: { type: "string", description: "Where the copy comes from" },
          },
          ["document", "note"],
        ),
        status: 201,
        answer: object({ id: text, snapshot: number, errors: number, warnings: number }),
      },
    ),
  },
  "/copies": {
    get: operation("Copies that wait for a second person or that people vouch for, newest first", {
      answer: object({ copies: list(ref("Copy")) }),
    }),
  },
  "/copies/{id}": {
    get: operation("One copy with its text, to compare with what the owner publishes", {
      path: ["id"],
      answer: ref("CopyInFull"),
    }),
  },
  "/copies/{id}/attest": {
    post: operation(
      "Says whether a copy is what the owner publishes; only with a session, and not one's own",
      {
        path: ["id"],
        body: object({ verdict: { enum: ["attested", "refused"] }, reason: text }, ["verdict", "reason"]),
        answer: ref("CopyInFull"),
      },
    ),
  },
};

const namespaceAct = (summary: string, body: Json = because) => ({
  post: operation(summary, { path: ["number"], body, answer: ref("Namespace") }),
});

/** Patterns that are approved as a whole. */
export const namespacePaths = {
  "/namespaces": {
    get: operation("Namespaces: what waits first, then by pattern", {
      query: [["client_id", "Only those it belongs to, the one that decides first"]],
      answer: object({ namespaces: list(ref("NamespaceLine")) }),
    }),
    post: operation("Asks to admit every client under a pattern; only with a session", {
      body: object(
        {
          pattern: text,
          name: text,
          owner_team_id: text,
          sponsor: text,
          purpose: text,
          constraints: ref("Constraints"),
          valid_days: namespaceDays,
          reason: text,
        },
        ["pattern", "name", "owner_team_id", "sponsor", "purpose", "constraints", "reason"],
      ),
      status: 201,
      answer: object({ number }),
    }),
  },
  "/namespaces/{number}": {
    get: operation("One namespace, with the digest that votes bind to", {
      path: ["number"],
      answer: ref("Namespace"),
    }),
  },
  "/namespaces/{number}/change": namespaceAct(
    "Proposes other constraints: what they take away acts at once, what they add waits for votes. Only with a session",
    object({ constraints: ref("Constraints"), valid_days: namespaceDays, reason: text }, [
      "constraints",
      "reason",
    ]),
  ),
  "/namespaces/{number}/renew": namespaceAct(
    "Asks to prolong it, or to lift its suspension; only with a session",
    object({ valid_days: namespaceDays, reason: text }, ["reason"]),
  ),
  "/namespaces/{number}/suspend": namespaceAct("Refuses all its clients from the next release on"),
  "/namespaces/{number}/retire": namespaceAct("Takes it out of use for good"),
  "/namespaces/{number}/withdraw": namespaceAct(
    "Takes back what waits for votes: who asked, or an administrator",
  ),
  "/namespaces/{number}/votes": {
    post: operation("Votes; only with a session, a token never votes", {
      path: ["number"],
      body: object({ verdict: { enum: ["approve", "deny"] }, reason: text, digest: text }, [
        "verdict",
        "reason",
        "digest",
      ]),
      answer: object({ state: { enum: ["open", "approved", "denied"] }, votes_missing: number }),
    }),
  },
  "/namespaces/{number}/try": {
    get: operation("Whether a client_id would be one of its clients, and what each server decides", {
      path: ["number"],
      query: [
        ["client_id", "Compared as a string", true],
        ["redirect_uri", "Checked when given"],
      ],
      answer: object({
        client_id: text,
        matches: flag,
        because: maybeText,
        decided_itself: maybeText,
        by_constraints: { type: ["object", "null"] },
        servers: list(object({ slug: text, name: text, allowed: flag, sentence: text })),
      }),
    }),
  },
};

/** What servers met that nobody asked for, and hosts that are refused whole. */
export const unknownPaths = {
  "/unknown": {
    get: operation("client_ids that servers met and nobody asked for, by host, the most asked for first", {
      query: [
        ["q", "Words in the client_id or name"],
        ["show", `${unknownShows.join(", ")}; all when absent`],
        ["host", "One host with all its clients; without it the four most asked for of each"],
        ["server", "Name of a connected server"],
        ["limit", "Hosts, 1 to 200; 50 when absent"],
        ["cursor", "next_cursor of the page before"],
      ],
      answer: object({
        hosts: list(object({ host: text, clients: number, total: number, lines: list(ref("Unknown")) })),
        matching: number,
        counts: { type: "object" },
        next_cursor: maybeText,
      }),
    }),
  },
  "/unknown/ignore": {
    post: operation("Leaves one out until servers met it so many times more", {
      body: object({ client_id: text, times: { type: "integer", minimum: 1, maximum: 1_000_000 } }, [
        "client_id",
        "times",
      ]),
      status: 204,
    }),
  },
  "/unknown/deny": {
    post: operation("Refuses one by name on every list", {
      body: object({ client_id: text, reason: text }, ["client_id", "reason"]),
      answer: object({ id: text }),
    }),
  },
  "/host-blocks": {
    get: operation("Hosts whose clients every list refuses", {
      answer: object({ hosts: list(ref("HostBlock")) }),
    }),
    post: operation("Refuses every client of a host on every list", {
      body: object({ host: text, reason: text }, ["host", "reason"]),
      status: 201,
      answer: object({ hosts: list(ref("HostBlock")) }),
    }),
  },
  "/host-blocks/{host}/lift": {
    post: operation("Asks to lift a block, or confirms what another person asked; only with a session", {
      path: ["host"],
      body: because,
      answer: outcome(["asked", "lifted"]),
    }),
  },
  "/host-blocks/{host}/keep": {
    post: operation("Says no to whoever asked to lift a block; only with a session", {
      path: ["host"],
      body: because,
      answer: outcome(["kept"]),
    }),
  },
};
