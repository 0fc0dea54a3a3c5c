import { visibleText } from "#lib/core/document/visibleText.ts";
import type { WatchRule } from "../WatchRule.ts";
import { isTrusted } from "./isTrusted.ts";
import type { TimeSubject } from "./TimeSubject.ts";

export const timeKeyShared: WatchRule<TimeSubject> = {
  id: "time.key-shared",
  severity: "high",
  title: "Key of two clients",
  rationale:
    "Two clients with one key can each sign as the other: approving one approves both, and losing one loses both.",
  clause: "RFC 7523 §3 (the signature is what tells clients apart); OWASP NHI9",
  run({ lifecycle, sharedKeys }) {
    if (!isTrusted(lifecycle)) return [];
    return sharedKeys.map(({ jkt, clientId, more, sameOwner }) => {
      const others = `"${visibleText(clientId, 160)}"${more > 0 ? ` and ${more} more` : ""}`;
      return {
        message: `The key ${jkt.slice(0, 8)}… is also published by ${others}${sameOwner ? ", which the same team owns" : ""}. Give each client its own.`,
        severity: sameOwner ? ("medium" as const) : undefined,
        value: jkt,
      };
    });
  },
};
