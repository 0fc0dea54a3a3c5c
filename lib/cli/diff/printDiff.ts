import { visibleText } from "#lib/core/document/visibleText.ts";
import { driftRules } from "#lib/core/drift/driftRules.ts";
import type { DiffAnswer } from "./diffOne.ts";

/** The changes for a person at a terminal, most serious first, each with why it matters; ends with a newline. */
export function printDiff({ severity, changes }: DiffAnswer): string {
  if (changes.length === 0) return "none: nothing changed.\n";
  const lines = [`${severity}: ${changes.length === 1 ? "one change" : `${changes.length} changes`}`];
  for (const { severity: own, rule, path, message } of changes) {
    const why = driftRules.find(({ id }) => id === rule)?.rationale;
    lines.push("", `  ${own}  ${rule}${path === "" ? "" : `  at ${visibleText(path)}`}`, `    ${message}`);
    if (why !== undefined) lines.push(`    Why it matters: ${why}`);
  }
  return `${lines.join("\n")}\n`;
}
