import type { DriftRule } from "../Drift.ts";
import { responseTypes } from "../responseTypes.ts";
import { gained } from "../sameValue.ts";
import { phrase } from "../words.ts";

export const driftResponseTypeRemoved: DriftRule = {
  id: "drift.response-type-removed",
  severity: "medium",
  title: "Form of answer given up",
  rationale: "Sign-ins that still ask for it are refused.",
  clause: "RFC 7591 §2.1",
  effect: "shrinkage",
  run({ before, after }) {
    const removed = gained(responseTypes(after), responseTypes(before));
    if (removed.length === 0) return [];
    return [
      {
        message: `The client is no longer answered with ${phrase(removed)}.`,
        path: "/response_types",
        before: removed,
      },
    ];
  },
};
