import type { Metadata } from "next";
import { Card } from "#components/Card.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { rulePath } from "#components/paths.ts";
import { SearchField } from "#components/SearchField.tsx";
import { Segments } from "#components/Segments.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import { allRules } from "#lib/core/rules/allRules.ts";
import { filterRules, type RuleFilter } from "#lib/core/rules/filterRules.ts";
import { type KnownRule, kindWords, ruleKinds } from "#lib/core/rules/KnownRule.ts";
import { ruleGroups } from "#lib/core/rules/ruleGroups.ts";
import { requirePerson } from "../../session.ts";
import { readRulesQuery, rulesHref, severities } from "./rulesQuery.ts";

export const metadata: Metadata = { title: "Rules" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const severityWords: Record<KnownRule["severity"], string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  error: "Error",
  warning: "Warning",
  info: "Info",
};

export default async function RulesPage({ searchParams }: Props) {
  await requirePerson();
  const filter = readRulesQuery(await searchParams);
  const found = filterRules(allRules, filter);
  return (
    <Page
      title="Rules"
      actions={
        <span role="status" className="tabular-nums">
          {found.length === allRules.length
            ? `${allRules.length} rules`
            : `${found.length} of ${allRules.length} rules`}
        </span>
      }
    >
      <div data-screen-only="" className="flex flex-wrap gap-2">
        <SearchField
          action="/rules"
          label="Search the rules"
          placeholder="A word, an id, a clause …"
          value={filter.text}
          keep={{ kind: filter.kind, severity: filter.severity }}
        />
        <Segments label="Kinds of rules" items={kindLinks(filter)} />
        <Segments label="Severities" items={severityLinks(filter)} />
      </div>
      <p className="max-w-[76ch] text-ink-2">{introduction(filter)}</p>
      {found.length === 0 && (
        <Card>
          <Empty title="No rule is like that" actions={<LinkButton href="/rules">Show all rules</LinkButton>}>
            Take a word away, or look among all kinds and severities.
          </Empty>
        </Card>
      )}
      {ruleGroups(found).map(({ title, kind, rules }) => (
        <Card key={title} title={title} note={`${kindWords[kind].name} · ${rules.length}`}>
          <DataTable
            caption={title}
            stickyTop="top-12"
            rows={rules}
            rowKey={(row) => row.id}
            rowHref={(row) => rulePath(row.id)}
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
                from: "xl",
                className: "md:w-1/2 md:py-1.5! md:whitespace-normal!",
                cell: (row) => <span className="text-ink-2">{row.clause}</span>,
              },
            ]}
          />
        </Card>
      ))}
    </Page>
  );
}

function kindLinks(filter: RuleFilter) {
  return [undefined, ...ruleKinds].map((kind) => {
    // A severity that the other kind does not have would leave nothing.
    const next = { ...filter, kind };
    const kept = filterRules(allRules, next).length > 0 ? next : { ...next, severity: undefined };
    return {
      href: rulesHref(kept),
      label: kind === undefined ? "All" : kindWords[kind].name,
      count: filterRules(allRules, kept).length,
      current: filter.kind === kind,
    };
  });
}

function severityLinks(filter: RuleFilter) {
  const each = severities
    .map((severity) => ({ severity, count: filterRules(allRules, { ...filter, severity }).length }))
    .filter(({ severity, count }) => count > 0 || severity === filter.severity);
  return [
    { href: rulesHref({ ...filter, severity: undefined }), label: "Any", current: !filter.severity },
    ...each.map(({ severity, count }) => ({
      href: rulesHref({ ...filter, severity }),
      label: severityWords[severity],
      count,
      current: filter.severity === severity,
    })),
  ];
}

function introduction({ kind }: RuleFilter): string {
  if (kind !== undefined) return `A rule of this kind ${kindWords[kind].says}`;
  return "Checks judge one document: an error makes it invalid, and nobody can approve it until its publisher mends it. The other rules watch what was approved: what they find, from medium on, waits for a person as a finding.";
}
