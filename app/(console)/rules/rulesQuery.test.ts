import { expect, test } from "vitest";
import { readRulesQuery, rulesHref } from "./rulesQuery.ts";

test.each([
  [{}, "/rules"],
  [{ kind: "drift", severity: "high" }, "/rules?kind=drift&severity=high"],
  [{ q: "RFC 9700" }, "/rules?q=RFC+9700"],
  [{ q: "  ", kind: "nothing", severity: "worst" }, "/rules"],
  [{ kind: ["time", "drift"] }, "/rules?kind=time"],
])("%j is %s", (asked, href) => {
  expect(rulesHref(readRulesQuery(asked))).toBe(href);
});
