import { suspending } from "#lib/core/sync/suspends.ts";
import type { KnownRule } from "./KnownRule.ts";

const checks: Readonly<Record<string, string>> = {
  error:
    "The document is invalid. Nobody can approve it until its publisher mends it; in the live document of an approved client it opens a finding.",
  warning: "A reviewer weighs it. It does not stand in the way of an approval.",
  info: "Worth knowing. Nothing follows from it.",
};

const effects = {
  growth: "What was approved stays in force; what is new waits for people to accept or refuse it.",
  shrinkage: "What is gone leaves the lists at once, without asking.",
  neutral: "It changes nothing that a list allows.",
} as const;

/** What Rollcall does when a rule speaks of an approved client, in sentences. */
export function whatFollows({ kind, id, severity, effect = "neutral" }: KnownRule): string {
  if (id === "redirect.unresolvable")
    return "A reviewer weighs it. When the name of an approved redirect is given up, it opens a finding of severity high.";
  if (kind === "check") return checks[severity] ?? "";
  const isRecorded = kind === "drift" && (severity === "low" || severity === "info");
  const suspension = suspending.find(({ rule }) => rule === id);
  return [
    ...(kind === "drift" ? [effects[effect]] : []),
    isRecorded
      ? "It is recorded and opens no finding."
      : "It opens a finding, which stands until its cause is gone or somebody settles it.",
    ...(suspension === undefined
      ? []
      : [
          suspension.when === undefined
            ? "Once confirmed, it suspends the client."
            : "Where the case is grave, it suspends the client once confirmed.",
        ]),
  ].join(" ");
}
