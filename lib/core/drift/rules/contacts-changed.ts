import type { DriftRule } from "../Drift.ts";
import { pointerStep } from "#lib/core/document/parseJson.ts";
import type { DriftSide } from "../DriftSubject.ts";
import { gained, sameValue } from "../sameValue.ts";
import { shownValue } from "../otherMembers.ts";
import { phrase } from "../words.ts";

export const driftContactsChanged: DriftRule = {
  id: "drift.contacts-changed",
  severity: "medium",
  title: "Contacts or organisation changed",
  rationale: "They say who answers for the client. A new owner often shows here first.",
  clause: "RFC 7591 §2; OpenID Federation 1.0 §5.2.2",
  effect: "neutral",
  run({ before, after }) {
    const [had, has] = [before.metadata.contacts, after.metadata.contacts];
    const [added, removed] = [gained(had, has), gained(has, had)];
    const words = [
      ...(added.length > 0 ? [`added: ${phrase(added)}`] : []),
      ...(removed.length > 0 ? [`removed: ${phrase(removed)}`] : []),
    ];
    const names = ["organization_name", ...languages(before, after)];
    return [
      ...(words.length > 0
        ? [
            {
              message: `The client's contacts changed (${words.join("; ")}).`,
              path: "/contacts",
              before: had,
              after: has,
            },
          ]
        : []),
      ...names.flatMap((name) => {
        const [from, to] = [before.metadata.other[name], after.metadata.other[name]];
        if (sameValue(from, to)) return [];
        return [
          {
            message: `${name} changed from ${shownValue(from)} to ${shownValue(to)}.`,
            path: pointerStep(name),
            before: from,
            after: to,
          },
        ];
      }),
    ];
  },
};

function languages(...sides: readonly DriftSide[]): string[] {
  const names = sides.flatMap(({ metadata }) => Object.keys(metadata.other));
  return [...new Set(names)].filter((name) => name.startsWith("organization_name#"));
}
