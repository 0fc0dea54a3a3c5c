export interface Batches<T> {
  add(item: T): void;
  /** Resolves when the batches handed on so far were taken; rejects when taking one failed. */
  taken(): Promise<void>;
  /** Hands on what is left and resolves when every batch was taken; rejects when taking one failed. */
  end(): Promise<void>;
}

/** Hands items on in batches, one batch after another: when `most` are waiting, or `patience` ms after the first of them came. */
export function collectBatches<T>(
  most: number,
  patience: number,
  take: (batch: readonly T[]) => Promise<unknown>,
): Batches<T> {
  let waiting: T[] = [];
  let timer: NodeJS.Timeout | undefined;
  let taken: Promise<unknown> = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) taken = taken.then(() => take(batch));
    // Whoever calls `end` learns of the failure.
    taken.catch(() => undefined);
  };
  return {
    add(item) {
      waiting.push(item);
      if (waiting.length >= most) flush();
      else timer ??= setTimeout(flush, patience);
    },
    async taken() {
      await taken;
    },
    async end() {
      flush();
      await taken;
    },
  };
}
