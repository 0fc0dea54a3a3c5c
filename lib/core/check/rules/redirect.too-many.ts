import type { Check } from "../Check.ts";

export const redirectTooMany: Check = {
  id: "redirect.too-many",
  severity: "warning",
  title: "Many redirects",
  rationale: "Every redirect is one more place that receives codes. Beyond 32 most servers stop reading.",
  clause: "RFC 9700 §2.1 (the limits are ours)",
  example: "A list of 40 redirects",
  run({ members }) {
    const uris = members?.["redirect_uris"];
    if (!Array.isArray(uris) || uris.length <= 10) return [];
    const severity = uris.length > 32 ? "error" : undefined;
    return [
      {
        message: `There are ${uris.length} redirect_uris. Keep them to 10; more than 32 are refused.`,
        path: "/redirect_uris",
        severity,
      },
    ];
  },
};
