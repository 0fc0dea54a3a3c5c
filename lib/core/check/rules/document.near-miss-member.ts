import { pointerStep } from "#lib/core/document/parseJson.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { nearMissOf } from "../nearMissOf.ts";

export const documentNearMissMember: Check = {
  id: "document.near-miss-member",
  severity: "warning",
  title: "Member that looks misspelled",
  rationale: "Servers ignore a name they do not know, so what it says does not happen.",
  clause: "RFC 7591 §2 (unknown members are ignored)",
  example: '"redirect_uri" for redirect_uris, "redirect_uris_OLD"',
  run: ({ members = {} }) =>
    Object.keys(members).flatMap((name) => {
      const meant = nearMissOf(name);
      if (meant === undefined) return [];
      const message = `"${visibleText(name, 60)}" is not a member that servers read; ${meant} is. Rename or remove it.`;
      return [{ message, path: pointerStep(name) }];
    }),
};
