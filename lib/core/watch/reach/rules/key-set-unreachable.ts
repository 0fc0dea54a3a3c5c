import { isUnreachable } from "#lib/core/schedule/isUnreachable.ts";
import type { WatchRule } from "../../WatchRule.ts";
import type { ReachSubject } from "../ReachSubject.ts";

export const reachKeySetUnreachable: WatchRule<ReachSubject> = {
  id: "reach.key-set-unreachable",
  severity: "medium",
  title: "Key set cannot be read",
  rationale:
    "The last known keys stay in force. A key that was withdrawn meanwhile is not seen, and a new one is not learned.",
  clause: "OpenID Connect Core 1.0 §10.1.1; RFC 7517 §5 (three tries over half an hour are ours)",
  run({ kind, outcome, sentence, failures, failingSince, now }) {
    if (kind !== "jwks" || outcome === "refused_address") return [];
    if (!isUnreachable(failures, failingSince, now)) return [];
    return [{ message: `The key set could not be read ${failures} times in a row. ${sentence}`, value: "" }];
  },
};
