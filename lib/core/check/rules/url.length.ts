import { clientIdMax } from "#lib/core/clientId/parseClientId.ts";
import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlLength: Check = {
  id: "url.length",
  severity: "warning",
  title: "Long URL",
  rationale: "The draft recommends a short, stable URL. Very long ones are cut by logs and databases.",
  clause: draft("§3 (short URL RECOMMENDED; the limits are ours)"),
  example: "A client_id of more than 200 characters",
  run: (facts) =>
    clientIdProblems(facts, "length", facts.clientId.length > clientIdMax ? "error" : undefined),
};
