import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { collectBatches } from "./collectBatches.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a full batch goes at once, the rest when its time has come, what is left at the end", async () => {
  const taken: (readonly number[])[] = [];
  const batches = collectBatches<number>(3, 100, async (batch) => taken.push(batch));
  for (const item of [1, 2, 3, 4]) batches.add(item);
  await vi.advanceTimersByTimeAsync(99);
  expect(taken).toEqual([[1, 2, 3]]);
  batches.add(5);
  await vi.advanceTimersByTimeAsync(1);
  expect(taken).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  batches.add(6);
  await batches.end();
  expect(taken[2]).toEqual([6]);
});

test("one batch is taken after another, and the end waits for the last", async () => {
  const events: string[] = [];
  const batches = collectBatches<string>(1, 100, async ([item]) => {
    events.push(`${item} begins`);
    await Promise.resolve();
    events.push(`${item} ends`);
  });
  batches.add("a");
  batches.add("b");
  await batches.end();
  expect(events).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

test("a batch that cannot be taken is told at the end", async () => {
  const batches = collectBatches<string>(1, 100, () => Promise.reject(new Error("no")));
  batches.add("a");
  await expect(batches.end()).rejects.toThrow("no");
});
