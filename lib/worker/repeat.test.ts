import { expect, test } from "vitest";
import type { Context } from "#lib/context.ts";
import { repeat } from "./repeat.ts";

const ctx = { log: { error: () => undefined } } as unknown as Context;

test("stopping tells the work, waits until it has ended, and does not begin again", async () => {
  const events: string[] = [];
  const repeated = repeat(ctx, "work", 1, async (signal) => {
    events.push("begun");
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    events.push("told");
    await Promise.resolve();
    events.push("ended");
  });
  await Promise.resolve();
  await repeated.stop();
  expect(events).toEqual(["begun", "told", "ended"]);
});
