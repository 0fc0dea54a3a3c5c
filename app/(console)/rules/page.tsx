import type { Metadata } from "next";
import { Card } from "#components/Card.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Page } from "#components/Page.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import { checks } from "#lib/core/check/checks.ts";
import { requirePerson } from "../../session.ts";

export const metadata: Metadata = { title: "Rules" };

const groups: readonly (readonly [string, string])[] = [
  ["url", "The client_id itself"],
  ["domain", "Its domain"],
  ["fetch", "How it is served"],
  ["document", "The document"],
  ["redirect", "Redirect URIs"],
  ["key", "Keys"],
];

export default async function RulesPage() {
  await requirePerson();
  const known = new Set(groups.map(([prefix]) => prefix));
  const prefixes = [...groups, ...others(known)];
  return (
    <Page title="Rules">
      <p className="max-w-[76ch] text-ink-2">
        {checks.length} checks judge every document. An error makes it invalid: nobody can approve it until
        its publisher mends it. A warning is for the reviewer to weigh, an info is worth knowing.
      </p>
      {prefixes.map(([prefix, title]) => {
        const rows = checks.filter((check) => check.id.startsWith(`${prefix}.`));
        return (
          <Card key={prefix} title={title} note={`${rows.length}`}>
            <DataTable
              caption={title}
              stickyTop="top-12"
              rows={rows}
              rowKey={(row) => row.id}
              rowHref={(row) => `/rules/${row.id}`}
              columns={[
                { key: "title", header: "Rule", cell: (row) => row.title },
                {
                  key: "severity",
                  header: "Severity",
                  cell: (row) => <SeverityChip severity={row.severity} />,
                },
                {
                  key: "id",
                  header: "Id",
                  from: "lg",
                  cell: (row) => <code className="text-ink-3">{row.id}</code>,
                },
                {
                  key: "clause",
                  header: "Clause",
                  className: "md:w-1/2 md:py-1.5! md:whitespace-normal!",
                  cell: (row) => <span className="text-ink-2">{row.clause}</span>,
                },
              ]}
            />
          </Card>
        );
      })}
    </Page>
  );
}

/** Groups a newcomer's check may begin, so that none goes missing here. */
function others(known: ReadonlySet<string>): (readonly [string, string])[] {
  const found = new Set(checks.map((check) => check.id.split(".")[0] ?? ""));
  return [...found].filter((prefix) => !known.has(prefix)).map((prefix) => [prefix, prefix] as const);
}
