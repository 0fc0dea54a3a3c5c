import type { DriftRule } from "../Drift.ts";
import { quoted } from "../words.ts";

export const driftSoftwareIdChanged: DriftRule = {
  id: "drift.software-id-changed",
  severity: "high",
  title: "Different software",
  rationale:
    "The identifier stays the same for the life of a product. Another one is another product under the same client.",
  clause: "RFC 7591 §2 (software_id)",
  effect: "growth",
  run({ before, after }) {
    const [from, to] = [before.metadata.software_id, after.metadata.software_id];
    if (from === to) return [];
    return [
      {
        message:
          to === undefined
            ? `The software is no longer named; it was ${quoted(from ?? "")}.`
            : `The client says that it is the software ${quoted(to)}${from === undefined ? "" : ` instead of ${quoted(from)}`}.`,
        path: "/software_id",
        severity: from === undefined || to === undefined ? "medium" : undefined,
        before: from,
        after: to,
      },
    ];
  },
};
