import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const fetchSplitView: Check = {
  id: "fetch.split-view",
  severity: "warning",
  title: "Different answers for different visitors",
  rationale:
    "A document that depends on who asks cannot be reviewed: what was approved is not what the server sees.",
  clause: draft("§5 (the comparison is ours)"),
  example: "One body for a browser, another for an authorization server",
  run({ document, otherVantages = [] }) {
    if (otherVantages.length === 0) return [];
    const ours = document?.digests?.raw;
    const others = otherVantages.filter(({ rawDigest }) => ours !== undefined && rawDigest !== ours);
    if (others.length === 0) return [];
    const names = others.map(({ name }) => visibleText(name)).join(", ");
    return [
      {
        message: `A different body is served ${names}. Serve the same document to everybody.`,
        path: "response",
      },
    ];
  },
};
