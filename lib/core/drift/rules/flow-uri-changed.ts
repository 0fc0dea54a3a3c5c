import type { DriftRule } from "../Drift.ts";
import { sameValue } from "../sameValue.ts";
import { otherSite, siteOf } from "../siteOf.ts";
import { flowUris } from "../otherMembers.ts";
import { phrase, quoted } from "../words.ts";

export const driftFlowUriChanged: DriftRule = {
  id: "drift.flow-uri-changed",
  severity: "medium",
  title: "Address the server talks to changed",
  rationale:
    "Servers send people, requests or logout messages to this address. On another domain, somebody else receives them.",
  clause:
    "OpenID Connect Registration 1.0 §2; OpenID Connect RP-Initiated, Front-Channel and Back-Channel Logout 1.0",
  effect: "growth",
  run: ({ before, after, clientId }) =>
    [...flowUris].flatMap((name) => {
      const [from, to] = [before.metadata.other[name], after.metadata.other[name]];
      if (sameValue(from, to)) return [];
      const sites = new Set([clientId, ...texts(from)].map(siteOf));
      const foreign = texts(to).filter((uri) => !sites.has(siteOf(uri)));
      const [first] = foreign;
      const other = first === undefined ? undefined : otherSite(first);
      const message =
        texts(to).length === 0
          ? `${name} was removed; it was ${phrase(texts(from)) || "empty"}.`
          : `${name} is now ${phrase(texts(to))}${other ? `: ${quoted(other.name)} is ${other.words}` : ""}.`;
      return [
        {
          message,
          path: `/${name}`,
          severity: other ? ("high" as const) : undefined,
          effect: texts(to).length === 0 ? ("shrinkage" as const) : undefined,
          before: from,
          after: to,
        },
      ];
    }),
};

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
}
