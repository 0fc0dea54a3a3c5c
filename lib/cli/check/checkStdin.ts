import type { Profile } from "#lib/core/profile.ts";
import { checkLine } from "./checkLine.ts";

/** Characters gathered before they are written: a system call for each line would cost more than the check. */
const batch = 64 * 1024;

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
  let exitCode: 0 | 2 = 0;
  let waiting = "";
  let scheduled = false;
  let written: Promise<void> = Promise.resolve();
  const flush = () => {
    const text = waiting;
    waiting = "";
    if (text !== "") written = written.then(() => write(text));
    return written;
  };
  for await (const line of lines) {
    if (line === "" || line.trim() === "") continue;
    const answer = checkLine(line, profile);
    if ("error" in answer) exitCode = 2;
    waiting += `${JSON.stringify(answer)}\n`;
    if (waiting.length >= batch) await flush();
    else if (!scheduled) {
      scheduled = true;
      // Runs once the lines at hand are used up and the program waits for more.
      setImmediate(() => {
        scheduled = false;
        flush().catch(() => {});
      });
    }
  }
  await flush();
  return exitCode;
}
