import { dayText } from "#lib/core/keyTimeline/timeWords.ts";
import type { WatchRule } from "../WatchRule.ts";
import { keyName } from "./keyName.ts";
import type { TimeSubject } from "./TimeSubject.ts";

export const timeKeyLeakedStillApproved: WatchRule<TimeSubject> = {
  id: "time.key-leaked-still-approved",
  severity: "high",
  title: "Leaked key that is still in use",
  rationale:
    "Whoever copied the private half while it was public can sign as this client. Taking it out of the document again does not take it back: only another key does.",
  clause: "RFC 7517 §9.2; draft-ietf-oauth-client-id-metadata-document-02 §4.1; OWASP NHI2",
  run({ lifecycle, keys, approvedKeys, leakingKeys }) {
    if (lifecycle !== "approved" && lifecycle !== "suspended") return [];
    return keys.flatMap((key) =>
      key.leakedAt !== null &&
      key.removedAt === null &&
      approvedKeys.includes(key.jkt) &&
      // While it is public the document itself is the finding.
      !leakingKeys.includes(key.jkt)
        ? [
            {
              message: `The private half of ${keyName(key)} was published on ${dayText(key.leakedAt)}, and the key is still in the document. It left the list; the owner must replace it.`,
              value: key.jkt,
            },
          ]
        : [],
    );
  },
};
