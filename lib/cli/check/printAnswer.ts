import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Profile } from "#lib/core/profile.ts";
import type { CheckAnswer } from "./checkOne.ts";

/** The answer about one client for a person at a terminal, ending with a newline. */
export function printAnswer(clientId: string, profile: Profile, { verdict, findings }: CheckAnswer): string {
  const lines = [`${verdict}: ${visibleText(clientId, 500)} (profile ${profile})`];
  for (const { severity, rule, path, message } of findings) {
    lines.push(
      "",
      `  ${severity}  ${rule}${path === "" ? "" : `  at ${visibleText(path)}`}`,
      `    ${message}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
