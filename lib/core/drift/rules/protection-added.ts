import type { DriftRule } from "../Drift.ts";
import { protections } from "../protections.ts";

export const driftProtectionAdded: DriftRule = {
  id: "drift.protection-added",
  severity: "low",
  title: "Protection switched on",
  rationale: "An improvement. A server that cannot do it refuses the client.",
  clause: "RFC 9449 §5.2; RFC 9126 §6; RFC 9101 §10.5; RFC 8705 §3.4",
  effect: "shrinkage",
  run: ({ before, after }) =>
    protections
      .filter(({ name }) => before.metadata.other[name] !== true && after.metadata.other[name] === true)
      .map(({ name, words }) => ({
        message: `The client now asks for ${words}: ${name} is true.`,
        path: `/${name}`,
        before: before.metadata.other[name],
        after: true,
      })),
};
