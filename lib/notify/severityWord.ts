import type { DriftSeverity } from "#lib/core/drift/Drift.ts";

export const severityWord: Readonly<Record<DriftSeverity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  info: "Info",
};
