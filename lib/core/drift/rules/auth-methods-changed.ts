import type { DriftRule } from "../Drift.ts";
import { authDrift } from "../authDrift.ts";
import { gained } from "../sameValue.ts";
import { phrase, quoted } from "../words.ts";

export const driftAuthMethodsChanged: DriftRule = {
  id: "drift.auth-methods-changed",
  severity: "medium",
  title: "Authentication methods changed",
  rationale:
    "A server picks one of the methods offered. One that knows only the old way refuses the client until it learns the new one.",
  clause: "draft-ietf-oauth-client-id-metadata-document-03 §6; RP Metadata Choices 1.0 §2",
  effect: "growth",
  run({ before, after }) {
    const found = authDrift(before, after);
    const { chosenBefore, chosenAfter, offeredBefore, offeredAfter } = found;
    if (found.isDowngrade || found.isUpgrade || found.secrets.length > 0) return [];
    const added = gained(offeredBefore, offeredAfter);
    const removed = gained(offeredAfter, offeredBefore);
    if (chosenBefore !== chosenAfter) {
      return [
        {
          message: `The client's authentication method changed from ${quoted(chosenBefore)} to ${quoted(chosenAfter)}.`,
          path: "/token_endpoint_auth_method",
          before: chosenBefore,
          after: chosenAfter,
        },
      ];
    }
    if (added.length + removed.length === 0) return [];
    const words = [
      ...(added.length > 0 ? [`now offers ${phrase(added)}`] : []),
      ...(removed.length > 0 ? [`no longer offers ${phrase(removed)}`] : []),
    ];
    return [
      {
        message: `The client ${words.join(" and ")} to authenticate.`,
        path: "/token_endpoint_auth_methods_supported",
        effect: added.length === 0 ? "shrinkage" : undefined,
        before: offeredBefore,
        after: offeredAfter,
      },
    ];
  },
};
