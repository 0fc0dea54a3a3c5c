import type { DriftRule } from "../Drift.ts";
import { thumbprints } from "../keyDrift.ts";
import { counted, phrase } from "../words.ts";

export const driftKeyAdded: DriftRule = {
  id: "drift.key-added",
  severity: "low",
  title: "Key added, the old ones kept",
  rationale:
    "This is how a planned rotation begins: the new key is visible while the old one still works. It may speak for the client once it is approved.",
  clause: "OpenID Connect Core 1.0 §10.1.1; draft-ietf-oauth-client-id-metadata-document-02 §8.4.1",
  effect: "growth",
  run({ keys, facts }) {
    const [first] = keys?.added ?? [];
    if (keys === undefined || first === undefined) return [];
    const added = thumbprints(keys.added);
    const announced = facts.announced && added.every((jkt) => facts.announced?.includes(jkt));
    const note =
      announced === undefined
        ? ""
        : announced
          ? " The owner announced it."
          : " The owner did not announce it.";
    return [
      {
        message: `The client now publishes ${counted(added.length, "more key", "more keys")}: ${phrase(added)}.${note}`,
        path: first.path,
        after: added,
      },
    ];
  },
};
