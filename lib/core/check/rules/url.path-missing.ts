import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlPathMissing: Check = {
  id: "url.path-missing",
  severity: "error",
  title: "No path",
  rationale: "The draft asks for a path so that a whole origin is not mistaken for one client.",
  clause: draft("§3"),
  example: "https://app.acme.com",
  run: (facts) => clientIdProblems(facts, "path_missing"),
};
