import type { CheckResult, Verdict } from "./Check.ts";

/** `invalid` with any error, `warn` with any warning, else `valid`: what is merely worth knowing does not count. */
export function verdictOf(results: readonly Pick<CheckResult, "severity">[]): Verdict {
  if (results.some(({ severity }) => severity === "error")) return "invalid";
  return results.some(({ severity }) => severity === "warning") ? "warn" : "valid";
}
