import { describe, expect, test } from "vitest";
import { hour, minute } from "../Instant.ts";
import { afterFailure } from "./afterFailure.ts";

describe("afterFailure", () => {
  test.each([
    ["in_sync", "challenged", 1, 0, "challenged"],
    ["held", "challenged", 9, 9 * hour, "challenged"],
    ["in_sync", "timeout", 2, hour, "in_sync"],
    ["in_sync", "timeout", 3, 29 * minute, "in_sync"],
    ["in_sync", "timeout", 3, 30 * minute, "unreachable"],
    ["held", "server_error", 3, 30 * minute, "unreachable"],
    ["in_sync", "not_found", 2, hour, "in_sync"],
    ["in_sync", "not_found", 3, 30 * minute, "gone"],
  ] as const)("%s, then %s for the %ith time in %i ms: %s", (before, outcome, failures, since, after) => {
    expect(afterFailure(before, outcome, failures, 1_000, 1_000 + since)).toBe(after);
  });
});
