/** Characters gathered before they are written: a system call for each line would cost more than the answer. */
const batch = 64 * 1024;

/**
 * Answers each line with one line of JSON, in order; blank lines are passed over. What has been answered is written
 * whenever the input pauses.
 *
 * @returns the exit code: 0, or 2 when an answer has an `error`: its line could not be used
 */
export async function answerLines(
  lines: AsyncIterable<string>,
  write: (text: string) => void | Promise<void>,
  answerTo: (line: string) => object,
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
    const answer = answerTo(line);
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
