import type { Profile } from "#lib/core/profile.ts";
import { answerLines } from "#lib/cli/answerLines.ts";
import { checkLine } from "./checkLine.ts";

/**
 * Answers each line with one line, in order: `{id, verdict, findings}`, or `{id, error}` for one that cannot be used.
 * Blank lines are passed over. What has been answered is written whenever the input pauses.
 *
 * @returns the exit code: 0 when every line was answered with a verdict, 2 when one could not be used
 */
export async function checkStdin(
  lines: AsyncIterable<string>,
  write: (text: string) => void | Promise<void>,
  profile: Profile = "ietf",
): Promise<0 | 2> {
  return answerLines(lines, write, (line) => checkLine(line, profile));
}
