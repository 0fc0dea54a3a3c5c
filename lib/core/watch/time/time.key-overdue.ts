import { judgeKey } from "#lib/core/keyTimeline/judgeKey.ts";
import { dayText } from "#lib/core/keyTimeline/timeWords.ts";
import type { WatchRule } from "../WatchRule.ts";
import { isTrusted } from "./isTrusted.ts";
import { keyAge } from "./keyAge.ts";
import { keyName } from "./keyName.ts";
import type { TimeSubject } from "./TimeSubject.ts";

export const timeKeyOverdue: WatchRule<TimeSubject> = {
  id: "time.key-overdue",
  severity: "medium",
  title: "Key that is due for rotation",
  rationale:
    "The longer a key is used, the more copies of it there are. A rotation that never happened in quiet times will not work in an emergency.",
  clause: "OpenID Connect Core 1.0 §10.1.1; NIST SP 800-57 part 1 §5.3 (180 days is ours)",
  run(subject) {
    if (!isTrusted(subject.lifecycle)) return [];
    const published = subject.keys.filter(
      ({ removedAt, leakedAt }) => removedAt === null && leakedAt === null,
    );
    return published.flatMap((key) => {
      const age = subject.now - key.firstSeenAt;
      if (age < keyAge.due) return [];
      const { fate } = judgeKey(key, subject.keys, subject);
      // Its rotation is under way.
      if (fate === "waiting") return [];
      const next =
        fate === "removable"
          ? "Its successor is known everywhere: remove it."
          : "Announce its successor, and publish it beside this one.";
      return [
        {
          message: `${capital(keyName(key))} has been published since ${dayText(key.firstSeenAt)}. ${next}`,
          severity: age < keyAge.overdue ? ("low" as const) : undefined,
          value: key.jkt,
        },
      ];
    });
  },
};

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
