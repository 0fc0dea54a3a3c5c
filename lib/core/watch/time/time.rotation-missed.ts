import { dayText } from "#lib/core/keyTimeline/timeWords.ts";
import type { WatchRule } from "../WatchRule.ts";
import { isTrusted } from "./isTrusted.ts";
import type { TimeSubject } from "./TimeSubject.ts";

export const timeRotationMissed: WatchRule<TimeSubject> = {
  id: "time.rotation-missed",
  severity: "medium",
  title: "Announced key that did not appear",
  rationale:
    "An owner said which key comes next and by when. Either the rotation failed, or another key was used than the one that was announced.",
  clause: "Ours; OpenID Connect Core 1.0 §10.1.1",
  run({ lifecycle, announcements, now }) {
    if (!isTrusted(lifecycle)) return [];
    return announcements
      .filter((each) => each.matchedAt === null && each.withdrawnAt === null && each.expectedBy < now)
      .map(({ jkt, expectedBy }) => ({
        message: `The key ${jkt.slice(0, 8)}… was announced for ${dayText(expectedBy)} and is not in the key set. Ask the owner, or withdraw the announcement.`,
        value: jkt,
      }));
  },
};
