import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const fetchSize: Check = {
  id: "fetch.size",
  severity: "error",
  title: "Body too large",
  rationale: "Servers stop reading at about 5 kilobytes, so a larger document does not work everywhere.",
  clause: draft("§8.7"),
  example: "A 40 KB document with an inline logo",
  run({ document, response, fetchOutcome, bodyLimit = 5120 }) {
    const bytes = Math.max(document?.bytes ?? 0, response?.bytes ?? 0);
    if (bytes <= bodyLimit && fetchOutcome !== "too_large") return [];
    const size = bytes > bodyLimit ? `has ${bytes} bytes` : "is too large";
    return [
      {
        message: `The document ${size}; no more than ${bodyLimit} are read. Link to logos and key sets instead of including them.`,
        path: "response",
      },
    ];
  },
};
