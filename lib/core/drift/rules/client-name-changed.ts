import type { DriftRule } from "../Drift.ts";
import { nameLookalike } from "#lib/core/domain/lookalikeOf.ts";
import { skeleton } from "#lib/core/domain/skeleton.ts";
import { displayMembers } from "../displayMembers.ts";
import { quoted } from "../words.ts";

export const driftClientNameChanged: DriftRule = {
  id: "drift.client-name-changed",
  severity: "high",
  title: "Name that people see changed",
  rationale:
    "People recognise a client by its name on the consent screen, and nobody but its publisher vouches for it. A well-known name is how people are led to consent.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.4, §8.5; RFC 7591 §2.2 (language tags)",
  effect: "growth",
  run: (subject) =>
    displayMembers(subject, "client_name").map(({ name, path, from, to }) => {
      const { owner, facts } = subject;
      const borrowed =
        to === undefined || (from !== undefined && nameLookalike(from, owner) !== undefined)
          ? undefined
          : (nameLookalike(to, owner)?.brand.word ??
            facts.approvedNames?.find((known) => skeleton(known) === skeleton(to)));
      const words =
        to === undefined
          ? `${name} was removed; it was ${quoted(from ?? "")}.`
          : `People now see the name ${quoted(to)}${from === undefined ? "" : ` instead of ${quoted(from)}`}${name === "client_name" ? "" : ` (${name})`}.`;
      const alike = from !== undefined && to !== undefined && skeleton(from) === skeleton(to);
      const more =
        borrowed !== undefined
          ? ` It borrows the name ${quoted(borrowed)}.`
          : alike
            ? " The two look alike and are written differently."
            : "";
      // In a language without a name of its own people see the plain one (RFC 7591 §2.2).
      const [seen, sees] = [
        from ?? subject.before.metadata.client_name,
        to ?? subject.after.metadata.client_name,
      ];
      if (name !== "client_name" && seen === sees)
        return {
          message: words,
          path,
          severity: "low" as const,
          effect: "neutral" as const,
          before: from,
          after: to,
        };
      return {
        message: `${words}${more}`,
        path,
        severity: borrowed === undefined ? undefined : ("critical" as const),
        before: from,
        after: to,
      };
    }),
};
