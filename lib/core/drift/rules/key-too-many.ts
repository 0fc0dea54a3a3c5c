import type { DriftRule } from "../Drift.ts";

export const driftKeyTooMany: DriftRule = {
  id: "drift.key-too-many",
  severity: "medium",
  title: "Old keys are never taken away",
  rationale: "Every key that is still published can still sign. A set that only grows keeps lost keys alive.",
  clause: "OpenID Connect Core 1.0 §10.1.1 (the limit is ours)",
  effect: "neutral",
  run({ keys }) {
    if (keys === undefined || keys.after.length <= most || keys.after.length <= keys.before.length) return [];
    return [
      {
        message: `The key set grew from ${keys.before.length} to ${keys.after.length} keys; more than ${most} means that old ones are not taken away.`,
        path: keys.after[0]?.path.replace(/\/\d+$/, "") ?? "/jwks",
        before: keys.before.length,
        after: keys.after.length,
      },
    ];
  },
};

const most = 10;
