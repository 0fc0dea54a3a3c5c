import type { Context } from "#lib/context.ts";

export interface Repeated {
  /** Resolves when the work under way has ended. */
  stop(): Promise<void>;
}

const longestPause = 30_000;

/**
 * Does the work, waits, does it again, never twice at once; trouble is logged and makes the pauses longer. The signal
 * tells long work that it should end.
 */
export function repeat(
  ctx: Context,
  name: string,
  pauseMs: number,
  work: (signal: AbortSignal) => Promise<unknown>,
): Repeated {
  const stopping = new AbortController();
  let wake = () => undefined as void;
  let troubles = 0;
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        await work(stopping.signal);
        troubles = 0;
      } catch (error) {
        troubles++;
        ctx.log.error({ err: error, work: name, troubles }, `${name} failed; it is tried again`);
      }
      const pause = Math.min(pauseMs * 2 ** Math.min(troubles, 10), Math.max(pauseMs, longestPause));
      if (!stopping.signal.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pause);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      wake();
      await running;
    },
  };
}
