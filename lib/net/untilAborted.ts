import type { Socket } from "node:net";

/** Settles with the promise, or rejects with the signal's reason; a failure destroys the socket. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal, socket?: Socket): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } catch (error) {
    socket?.destroy();
    throw error;
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
}
