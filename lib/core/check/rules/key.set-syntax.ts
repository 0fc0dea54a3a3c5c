import type { Check, Problem } from "../Check.ts";

/** Told at most: one is enough to make the set unreadable. */
const mostFaults = 20;

export const keySetSyntax: Check = {
  id: "key.set-syntax",
  severity: "error",
  title: "Unreadable key set",
  rationale: "A key set that parsers read differently is a different set of keys for every server.",
  clause: "RFC 7517 §5; RFC 8259",
  example: "An HTML page at jwks_uri",
  run({ keySet, keySetPath }) {
    const problems: Problem[] = (keySet?.faults ?? [])
      .slice(0, mostFaults)
      .map(({ kind, message, path }) => ({
        message,
        path: `${keySetPath}${path}`,
        severity: kind === "bom" ? "warning" : undefined,
      }));
    if (problems.length > 0 || keySet === undefined || keySet.keys !== undefined) return problems;
    return [{ message: `The key set has no "keys" array. Write {"keys":[…]}.`, path: keySetPath }];
  },
};
