import { expect, test } from "vitest";
import { adviseFinding } from "./adviseFinding.ts";

const growth = {
  rule: "drift.redirect-added-new-site",
  severity: "critical",
  effect: "growth",
  lifecycle: "approved",
  openRequest: 12,
} as const;

test.each([
  ["growth with a request", growth, "it waits in request 12"],
  ["growth that nobody asked for", { ...growth, openRequest: null }, "Ask the owner whether it was meant"],
  ["growth that is critical", growth, "suspend the client"],
  ["a suspended client", { ...growth, lifecycle: "suspended" as const }, "until two people lift that"],
  ["shrinkage", { ...growth, effect: "shrinkage" as const }, "left the allowlist at once"],
  ["a check", { ...growth, rule: "redirect.wildcard" }, "has to mend the document"],
  ["a look that failed", { ...growth, rule: "reach.gone" }, "the last good copy stays"],
  ["an old key", { ...growth, rule: "time.key-old" }, "when the next key comes"],
])("%s", (_, facts, expected) => {
  const advice = adviseFinding(facts);
  expect(advice.join(" ")).toContain(expected);
  expect(advice.at(-1)).toBe("It resolves itself once two looks in a row no longer show it.");
});

test("a suspended client need not be suspended", () => {
  expect(adviseFinding({ ...growth, lifecycle: "suspended" }).join(" ")).not.toContain("suspend the client");
});
