import type { Played } from "./playMonth.ts";

/** The month as a table of plain text, and what did not come as it should. */
export function printMonth(played: readonly Played[], print: (line: string) => void): string[] {
  const rows = played.map(({ happening, findings, release, finally: last, notifications }) => [
    happening.name,
    findings.map(({ rule, severity, state }) => `${rule} ${severity} (${state})`).join(", ") || "none",
    release === last ? release : `${release}, then ${last}`,
    counted(notifications),
  ]);
  const header = ["event", "findings", "release", "notifications"];
  const widths = header.map((word, column) =>
    Math.max(word.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [header, widths.map((width) => "-".repeat(width)), ...rows])
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  return played.flatMap(faultsOf);
}

/** What a happening led to and should not have, or did not lead to and should have. */
export function faultsOf({ happening, findings, release, finally: last, notifications }: Played): string[] {
  const { name, rules } = happening;
  const found = new Set(findings.map(({ rule }) => rule));
  const faults = rules.filter((rule) => !found.has(rule)).map((rule) => `${name}: no finding ${rule}`);
  if (rules.length === 0 && found.size > 0)
    faults.push(`${name}: should be quiet, but ${[...found].join(", ")}`);
  if (release !== happening.release) faults.push(`${name}: release ${release}, not ${happening.release}`);
  if (last !== happening.finally) faults.push(`${name}: in the end ${last}, not ${happening.finally}`);
  const opened = notifications.filter((topic) => topic === "finding.opened").length;
  if (opened !== findings.length)
    faults.push(`${name}: ${findings.length} findings, ${opened} notifications of one`);
  return faults;
}

function counted(topics: readonly string[]): string {
  const kinds = [...new Set(topics)];
  return (
    kinds.map((kind) => `${topics.filter((topic) => topic === kind).length} ${kind}`).join(", ") || "none"
  );
}
