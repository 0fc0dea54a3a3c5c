import type { Refreshed } from "./listSync.ts";
import { nextDelay } from "./nextDelay.ts";

export interface PollLoopOptions {
  /** One refresh; `wait` in seconds. */
  readonly turn: (wait: number) => Promise<Refreshed>;
  /** Whether a long poll can be asked for: only with an ETag is there something to wait on. */
  readonly canWait: () => boolean;
  /** Seconds to ask a 304 to be held. */
  readonly wait: number;
  /** Milliseconds: the poll hint in force. */
  readonly ttl: () => number;
  readonly clock: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A turn threw: a bug; the loop backs off and goes on. */
  readonly onError: (error: unknown) => void;
}

/** Polls until it is stopped. */
export async function pollLoop(options: PollLoopOptions, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const wait = options.canWait() ? options.wait : 0;
    const begun = options.clock();
    const refreshed = await options.turn(wait).catch((error: unknown): Refreshed => {
      options.onError(error);
      return { outcome: "failed", code: "error", sentence: String(error) };
    });
    if (signal.aborted) return;
    const bad = refreshed.outcome !== "activated" && refreshed.outcome !== "unchanged";
    failures = bad && refreshed.outcome !== "aborted" ? failures + 1 : 0;
    const elapsed = options.clock() - begun;
    const canHold = options.wait > 0 && options.canWait();
    const turn = { refreshed, asked: wait * 1000, elapsed, canHold, ttl: options.ttl(), failures };
    await options.sleep(nextDelay(turn, options.random), signal);
  }
}

/** Resolves after so many milliseconds, or at once when called off. Does not keep the process alive. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    timer.unref();
    signal.addEventListener("abort", done);
  });
}
