import { driftSeverities, type DriftSeverity } from "#lib/core/drift/Drift.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { findingStates, type FindingState } from "./Finding.ts";

/** States and severities as a program writes them, comma-separated. `any` is every state; without one, what nobody has decided. */
export function parseFindingWords({ state, severity }: { state?: string; severity?: string }): {
  states?: readonly FindingState[];
  severities?: readonly DriftSeverity[];
} {
  return {
    ...(state === "any"
      ? {}
      : { states: words("state", state ?? "open,acknowledged", findingStates, "any") }),
    ...(severity === undefined ? {} : { severities: words("severity", severity, driftSeverities) }),
  };
}

function words<Word extends string>(
  name: string,
  text: string,
  known: readonly Word[],
  ...others: string[]
): Word[] {
  return text.split(",").map((part) => {
    const word = known.find((each) => each === part.trim());
    if (word) return word;
    const sentence = `One or more of ${[...known, ...others].join(", ")}, separated by commas.`;
    throw new Refusal("invalid_input", `The ${name} is not known. ${sentence}`, { [name]: sentence });
  });
}
