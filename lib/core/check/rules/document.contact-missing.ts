import type { Check } from "../Check.ts";

export const documentContactMissing: Check = {
  id: "document.contact-missing",
  severity: "info",
  title: "Nobody to ask",
  rationale:
    "When a key leaks, a name to write to saves hours; a version tells two reports about one client apart.",
  clause: "RFC 7591 §2 (contacts, software_version; both optional)",
  example: "Neither contacts nor software_version",
  run({ members, metadata }) {
    if (members === undefined || metadata === undefined) return [];
    const missing = [
      ...(metadata.contacts.length === 0 ? ["contacts"] : []),
      ...(metadata.software_version ? [] : ["software_version"]),
    ];
    if (missing.length === 0) return [];
    return [
      {
        message: `The document has no ${missing.join(" and no ")}. Adding it helps whoever has to ask.`,
        path: "",
      },
    ];
  },
};
