import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { allRules } from "#lib/core/rules/allRules.ts";
import { type KnownRule, type RuleKind, ruleKinds } from "#lib/core/rules/KnownRule.ts";
import { ruleGroups } from "#lib/core/rules/ruleGroups.ts";
import { type CatalogueRow, driftRows, validityRows } from "./catalogue.ts";
import { markdownTable } from "./markdownTable.ts";

/** docs/rules.md, written from the lists of rules and from what was asked of them. */
export function rulesPage(): string {
  const lines = [
    "# Rules",
    "",
    `The ${allRules.length} rules by which Rollcall judges clients. This page is written by \`node tools/rulesPage.ts\` from \`lib/core/rules/allRules.ts\` and \`tools/catalogue.ts\`; the console shows the same at \`/rules\`, each rule with the clients it speaks about.`,
    "Ids never change once released. The severity is the usual one; what moves it stands beside it. A rule that needs something unknown, e.g. DNS answers or the headers of a response, says nothing.",
  ];
  for (const kind of ruleKinds) lines.push(...kindPart(kind));
  lines.push(...askedPart(), ...laterPart());
  return `${lines.join("\n")}\n`;
}

const introductions: Record<RuleKind, (count: number) => readonly string[]> = {
  check: (count) => [
    "## Checks: is it valid?",
    "",
    `The ${count} checks that \`rollcall check\` and the console run on every client, from \`lib/core/check/checks.ts\`.`,
    "",
    "An **error** makes a client `invalid`: it cannot be approved. A **warning** makes it `warn`: a reviewer should weigh it. **info** is worth knowing and changes no verdict.",
    "A software statement counts for servers that believe it and not for the others, so a document that carries one is judged both ways.",
  ],
  drift: (count) => [
    "## Drift: what changed, and how bad is it?",
    "",
    `The ${count} rules that compare two documents with their key sets, from \`lib/core/drift/driftRules.ts\`: \`rollcall diff\` on files, the watch on what was approved and what is live.`,
    "",
    "What is compared is what the documents mean: defaults applied, lists as sets, keys by thumbprint, and a software statement both believed and not. Formatting alone is no change.",
    "**growth** is something the client gains and waits for a person; **shrinkage** is something it loses and leaves the allowlist at once; **neutral** is neither.",
    "From medium on a change is a finding until its cause is gone or somebody settles it; low and info are only recorded.",
  ],
  reach: (count) => [
    "## Reach: is it there, and who answers?",
    "",
    `The ${count} rules about how a look at a client's document and key set ended, from \`lib/core/watch/reach/reachRules.ts\`. A failure alone never revokes: the last good copy stays in force.`,
  ],
  time: (count) => [
    "## Time: what grows old?",
    "",
    `The ${count} rules about keys, attested copies and approvals, from \`lib/core/watch/time/timeRules.ts\`. They speak without anything having changed.`,
  ],
  sight: (count) => [
    "## Sight: do servers see what we see?",
    "",
    `The ${count} rules about what authorization servers reported, from \`lib/core/watch/sight/sightRules.ts\` (see [reports.md](reports.md)). They speak after two looks of our own did not show the same.`,
  ],
};

function kindPart(kind: RuleKind): string[] {
  const rules = allRules.filter((rule) => rule.kind === kind);
  const groups = ruleGroups(rules);
  return [
    "",
    ...introductions[kind](rules.length),
    ...groups.flatMap(({ title, rules: own }) => [
      ...(groups.length > 1 ? ["", `### ${title}`] : []),
      "",
      ...ruleTable(kind, own),
    ]),
  ];
}

function ruleTable(kind: RuleKind, rules: readonly KnownRule[]): string[] {
  const isDrift = kind === "drift";
  return markdownTable(
    ["id", "severity", ...(isDrift ? ["effect"] : []), "catches", "why", "clause"],
    rules.map(({ id, severity, moves, effect, title, example, rationale, clause }) => [
      `\`${id}\``,
      moves === undefined ? severity : `${severity}. ${moves}`,
      ...(isDrift ? [effect ?? "neutral"] : []),
      example === undefined ? title : `${title}. Example: ${example}`,
      rationale,
      clause,
    ]),
  );
}

function askedPart(): string[] {
  const table = (rows: readonly CatalogueRow[]) =>
    markdownTable(
      ["row", "asks for", "answered by"],
      rows.map((each) => [String(each.row), each.asks, answerTo(each)]),
    );
  return [
    "",
    "## What was asked of the rules",
    "",
    "The rules were written against two lists: what makes a document invalid, and what may change in one. Every row with what answers it; a test holds that each id exists and that no row is without an answer.",
    "",
    "### Is it valid?",
    "",
    ...table(validityRows),
    "",
    "### What changed?",
    "",
    ...table(driftRows),
  ];
}

function answerTo({ rules = [], held, later }: CatalogueRow): string {
  return [
    ...rules.map((id) => `\`${id}\``),
    ...(held === undefined ? [] : [`held by \`${held.by}\`: ${held.how}`]),
    ...(later === undefined ? [] : [`left for later: needs ${later}`]),
  ].join("; ");
}

function laterPart(): string[] {
  const left = (name: string, rows: readonly CatalogueRow[]) =>
    rows.flatMap(({ row, asks, later }) =>
      later === undefined ? [] : [`- ${name} ${row}, ${asks}: needs ${later}.`],
    );
  return [
    "",
    "## Left for later",
    "",
    "What the rules above do not see, with what it would take. Rollcall fetches client documents and key sets, asks DNS, and reads what TLS shows; it asks no registry, no log and no second place on the network.",
    "",
    ...left("Validity", validityRows),
    ...left("Drift", driftRows),
  ];
}

if (argv[1] === import.meta.filename)
  writeFileSync(new URL("../docs/rules.md", import.meta.url), rulesPage());
