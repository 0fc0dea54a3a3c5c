import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { checks } from "#lib/core/check/checks.ts";
import { driftRules } from "#lib/core/drift/driftRules.ts";
import { markdownTable } from "./markdownTable.ts";

const families: readonly [string, string][] = [
  ["url", "The URL"],
  ["domain", "Its domain"],
  ["fetch", "How it is served"],
  ["document", "The document"],
  ["key", "Its keys"],
  ["redirect", "Its redirects"],
];

const driftFamilies: readonly [RegExp, string][] = [
  [/^drift\.redirect-/, "Redirects"],
  [/^drift\.(?:auth|signing|mtls|protection)-/, "Authentication"],
  [/^drift\.(?:key|jwks)-/, "Keys"],
  [/^drift\.(?:scope|grant-type|response-type|application-type|flow)-/, "What it may do"],
  [/^drift\.(?:client-name|logo|link|contacts|software)-/, "What people see, and who vouches for it"],
  [/./, "The document itself"],
];

/** docs/rules.md, written from the lists of checks and drift rules. */
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
  lines.push(...driftPart());
  return `${lines.join("\n")}\n`;
}

function driftPart(): string[] {
  const lines = [
    "",
    "# Drift: what changed, and how bad is it?",
    "",
    `The ${driftRules.length} rules that \`rollcall diff\` runs on two documents with their key sets. This part is written from \`lib/core/drift/driftRules.ts\`.`,
    "",
    "What is compared is what the documents mean: defaults applied, lists as sets, keys by thumbprint, and a software statement both believed and not. Formatting alone is no change.",
    "**growth** is something the client gains and waits for a person; **shrinkage** is something it loses and leaves the allowlist at once; **neutral** is neither.",
    "The severity here is the usual one; some rules are milder or stricter where the case decides. A rule that needs something unknown says nothing.",
  ];
  let left = driftRules;
  for (const [pattern, title] of driftFamilies) {
    const own = left.filter(({ id }) => pattern.test(id));
    left = left.filter((rule) => !own.includes(rule));
    lines.push("", `## ${title}`, "");
    lines.push(
      ...markdownTable(
        ["id", "severity", "effect", "catches", "why", "clause"],
        own.map(({ id, severity, effect, title: catches, rationale, clause }) => [
          `\`${id}\``,
          severity,
          effect,
          catches,
          rationale,
          clause,
        ]),
      ),
    );
  }
  return lines;
}

if (argv[1] === import.meta.filename)
  writeFileSync(new URL("../docs/rules.md", import.meta.url), rulesPage());
