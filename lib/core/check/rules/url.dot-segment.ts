import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlDotSegment: Check = {
  id: "url.dot-segment",
  severity: "error",
  title: "Dot segment in the path",
  rationale:
    'URL parsers collapse "." and ".." (also written %2e) before they fetch, so the document comes from another URL than the one that was approved.',
  clause: `${draft("§3")}; RFC 3986 §2.3, §5.2.4`,
  example: "https://app.acme.com/tenant/../client.json",
  run: (facts) => clientIdProblems(facts, "dot_segment"),
};
