import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { checks } from "#lib/core/check/checks.ts";
import { markdownTable } from "./markdownTable.ts";

const families: readonly [string, string][] = [
  ["url", "The URL"],
  ["domain", "Its domain"],
  ["fetch", "How it is served"],
  ["document", "The document"],
  ["key", "Its keys"],
  ["redirect", "Its redirects"],
];

/** docs/rules.md, written from the list of checks. */
export function rulesPage(): string {
  const lines = [
    "# Checks: is it valid?",
    "",
    `The ${checks.length} checks that \`rollcall check\` and the console run on every client. This page is written from \`lib/core/check/checks.ts\` by \`node tools/rulesPage.ts\`.`,
    "",
    "An **error** makes a client `invalid`: it cannot be approved. A **warning** makes it `warn`: a reviewer should weigh it. **info** is worth knowing and changes no verdict.",
    "Some checks are stricter or milder in one profile (`ietf`, `mcp`, `atproto`); the severity here is the usual one.",
    "A check that needs something unknown, e.g. DNS answers or the headers of a response, says nothing.",
  ];
  for (const [family, title] of families) {
    const own = checks.filter(({ id }) => id.startsWith(`${family}.`));
    lines.push("", `## ${title}`, "");
    lines.push(
      ...markdownTable(
        ["id", "severity", "catches", "why", "clause"],
        own.map(({ id, severity, title: catches, example, rationale, clause }) => [
          `\`${id}\``,
          severity,
          `${catches}. Example: ${example}`,
          rationale,
          clause,
        ]),
      ),
    );
  }
  return `${lines.join("\n")}\n`;
}

if (argv[1] === import.meta.filename)
  writeFileSync(new URL("../docs/rules.md", import.meta.url), rulesPage());
