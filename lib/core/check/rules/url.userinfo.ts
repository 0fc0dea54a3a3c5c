import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlUserinfo: Check = {
  id: "url.userinfo",
  severity: "error",
  title: "Userinfo before the host",
  rationale: 'What stands before "@" looks like a host to a person and is ignored by the machine.',
  clause: draft("§3"),
  example: "https://app.acme.com@evil.net/client.json",
  run: (facts) => clientIdProblems(facts, "userinfo"),
};
