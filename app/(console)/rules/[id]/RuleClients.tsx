import { Card } from "#components/Card.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { LifecycleChip } from "#components/LifecycleChip.tsx";
import { clientPath } from "#components/paths.ts";
import { SeverityChip } from "#components/SeverityChip.tsx";
import type { RuleHit } from "#lib/views/findings/ruleHits.ts";

/** The clients whose live document a check speaks about. */
export function RuleClients({ hits, clients }: { hits: readonly RuleHit[]; clients: number }) {
  return (
    <Card
      title="Clients it speaks about now"
      note={clients > hits.length ? `${hits.length} of ${clients}` : `${clients}`}
    >
      <DataTable
        caption="Clients"
        rows={hits}
        rowKey={(row) => row.id}
        rowHref={(row) => `${clientPath(row.id)}/checks`}
        empty={<Empty title="None">No live document in the inventory has this.</Empty>}
        columns={[
          { key: "name", header: "Client", cell: (row) => row.name },
          {
            key: "id",
            header: "client_id",
            grow: true,
            cell: (row) => <ClientIdText value={row.clientId} />,
          },
          { key: "trust", header: "Trust", cell: (row) => <LifecycleChip lifecycle={row.lifecycle} /> },
          {
            key: "severity",
            header: "Severity",
            cell: (row) => <SeverityChip severity={row.result.severity} />,
          },
          {
            key: "message",
            header: "What it says",
            className: "md:w-1/2 md:min-w-[200px] md:py-1.5! md:whitespace-normal!",
            cell: (row) => row.result.message,
          },
        ]}
      />
    </Card>
  );
}
