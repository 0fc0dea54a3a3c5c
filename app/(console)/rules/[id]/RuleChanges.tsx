import { Card } from "#components/Card.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { clientPath } from "#components/paths.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import type { Instant } from "#lib/core/Instant.ts";
import type { RuleChange } from "#lib/views/findings/ruleStanding.ts";

/** The latest differences between two live documents that a rule named, settled or not. */
export function RuleChanges({ changes, now }: { changes: readonly RuleChange[]; now: Instant }) {
  return (
    <Card title="Recent changes it named" note={`${changes.length}`}>
      <DataTable
        caption="Changes"
        rows={changes}
        rowKey={(row) => row.id}
        rowHref={(row) => `${clientPath(row.clientRowId)}/document`}
        empty={<Empty title="None">No document has lately changed like that.</Empty>}
        columns={[
          { key: "client", header: "Client", cell: (row) => row.clientName },
          {
            key: "severity",
            header: "Severity",
            cell: (row) => <SeverityChip severity={row.severity} />,
          },
          {
            key: "message",
            header: "What it said",
            className: "md:w-1/2 md:min-w-[200px] md:py-1.5! md:whitespace-normal!",
            cell: (row) => row.message,
          },
          {
            key: "at",
            header: "Seen",
            numeric: true,
            cell: (row) => <RelativeTime at={row.at} now={now} ago />,
          },
        ]}
      />
    </Card>
  );
}
