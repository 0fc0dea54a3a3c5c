import type { DriftRule } from "../Drift.ts";
import { responseTypes } from "../responseTypes.ts";
import { gained } from "../sameValue.ts";
import { phrase } from "../words.ts";

export const driftResponseTypeAdded: DriftRule = {
  id: "drift.response-type-added",
  severity: "high",
  title: "New form of answer",
  rationale: "Tokens that come back in a URL end up in histories, logs and other pages.",
  clause: "RFC 9700 §2.1.2",
  effect: "growth",
  run({ before, after }) {
    const added = gained(responseTypes(before), responseTypes(after));
    if (added.length === 0) return [];
    const tokens = added.some((type) => /(?:^| )(?:id_)?token(?: |$)/.test(type));
    return [
      {
        message: `The client may now be answered with ${phrase(added)}${tokens ? ", which puts tokens into the address bar" : ""}.`,
        path: "/response_types",
        severity: tokens ? undefined : "medium",
        after: added,
      },
    ];
  },
};
