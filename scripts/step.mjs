import { capture } from "./run.mjs";

/** "4.2 s" or "1 min 12 s". */
export function elapsed(since) {
  const seconds = (Date.now() - since) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * Runs one long command line quietly: says what it is, says every ten seconds that it is still at it, and how long it took.
 * Everything goes to stderr, so that stdout stays the program's own. On failure it throws with what the command said.
 */
export async function step(what, [command, ...args], options = {}) {
  const since = Date.now();
  console.error(`${what} …`);
  const ticking = setInterval(() => console.error(`  … ${elapsed(since)}`), 10_000);
  const { code, output } = await capture(command, args, options);
  clearInterval(ticking);
  if (code !== 0) throw new StepFailed(`${what}: failed after ${elapsed(since)}\n${output.trimEnd()}`);
  console.error(`  done in ${elapsed(since)}`);
}

/** A step of the launcher failed; the message holds the command's own words, a stack trace would add nothing. */
export class StepFailed extends Error {}
