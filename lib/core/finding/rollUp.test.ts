import { expect, test } from "vitest";
import { day } from "#lib/core/Instant.ts";
import { rolledUpMessage, toRollUp, type RollUpCandidate } from "./rollUp.ts";

const now = 100 * day;
const at = (clientRowId: string | null, part: Partial<RollUpCandidate> = {}): RollUpCandidate => ({
  state: "open",
  clientRowId,
  firstSeenAt: now - 1,
  regressedAt: null,
  ...part,
});

test.each<[string, RollUpCandidate[], number]>([
  ["nobody else", [], 0],
  ["one other", [at("b")], 0],
  ["two others", [at("b"), at("c")], 2],
  ["one of them acknowledged", [at("b"), at("c", { state: "acknowledged" })], 2],
  ["the same client twice", [at("b"), at("b")], 0],
  ["this client again", [at("a"), at("b")], 0],
  ["this client again, and two others", [at("a"), at("b"), at("c")], 3],
  ["one of them decided", [at("b"), at("c", { state: "dismissed" })], 0],
  ["one of them gone", [at("b"), at("c", { state: "resolved" })], 0],
  ["one of them a day old", [at("b"), at("c", { firstSeenAt: now - day })], 0],
  ["one of them back today", [at("b"), at("c", { firstSeenAt: 0, regressedAt: now - 1 })], 2],
  ["a finding about the host itself", [at("b"), at(null)], 0],
])("%s", (_, unled, taken) => {
  expect(toRollUp(unled, "a", now)).toHaveLength(taken);
});

test("says how many it speaks for", () => {
  expect(rolledUpMessage("v.example", 3, "More scopes.")).toBe(
    "The same at 3 clients of v.example. More scopes.",
  );
  expect(rolledUpMessage("v.example", 1, "More scopes.")).toBe("More scopes.");
});
