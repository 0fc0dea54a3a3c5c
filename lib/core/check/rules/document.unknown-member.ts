import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { isKnown, nearMissOf } from "../nearMissOf.ts";

export const documentUnknownMember: Check = {
  id: "document.unknown-member",
  severity: "info",
  title: "Unknown members",
  rationale: "Servers ignore them. They are watched for changes like the rest of the document.",
  clause: 'RFC 7591 §2; IANA registry "OAuth Dynamic Client Registration Metadata"',
  example: '"x_internal_team": "payments"',
  run({ members = {} }) {
    const names = Object.keys(members).filter((name) => !isKnown(name) && nearMissOf(name) === undefined);
    if (names.length === 0) return [];
    const shown = names.slice(0, 5).map((name) => `"${visibleText(name, 60)}"`);
    const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
    const message = `${shown.join(", ")}${more}: not in the registry of client metadata, so servers ignore ${names.length === 1 ? "it" : "them"}.`;
    return [{ message, path: "" }];
  },
};
