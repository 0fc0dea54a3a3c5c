import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { findingPath, findingsPath } from "#components/paths.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { RuleStanding } from "#lib/views/findings/ruleStanding.ts";

const stateWords = {
  open: "Open",
  acknowledged: "Acknowledged",
  snoozed: "Snoozed",
  dismissed: "Dismissed",
  waived: "Waived",
  resolved: "Resolved",
} as const;

/** The findings of a rule that are not settled. */
export function RuleFindings({
  rule,
  findings,
  standing,
  now,
}: Pick<RuleStanding, "findings" | "standing"> & { rule: string; now: Instant }) {
  return (
    <Card
      title="Findings that stand"
      note={standing > findings.length ? `${findings.length} of ${standing}` : `${standing}`}
      actions={
        <Link href={findingsPath(`rule:${rule} state:any`)} className="hover:underline">
          All findings of this rule
        </Link>
      }
    >
      <DataTable
        caption="Findings"
        rows={findings}
        rowKey={(row) => String(row.number)}
        rowHref={(row) => findingPath(row.number)}
        empty={<Empty title="None">Nothing in the inventory gives cause for it now.</Empty>}
        columns={[
          { key: "number", header: "Finding", cell: (row) => `F-${row.number}` },
          {
            key: "severity",
            header: "Severity",
            cell: (row) => <SeverityChip severity={row.severity} />,
          },
          { key: "state", header: "State", cell: (row) => stateWords[row.state] },
          {
            key: "client",
            header: "Client",
            cell: (row) => visibleText(row.clientName ?? row.host, 80),
          },
          {
            key: "message",
            header: "What it says",
            className: "md:w-1/2 md:min-w-[200px] md:py-1.5! md:whitespace-normal!",
            cell: (row) => row.message,
          },
          {
            key: "since",
            header: "Since",
            numeric: true,
            cell: (row) => <RelativeTime at={row.firstSeenAt} now={now} />,
          },
        ]}
      />
    </Card>
  );
}
