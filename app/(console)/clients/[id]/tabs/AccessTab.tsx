import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { clientAccess } from "#lib/views/clients/clientAccess.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** What it was approved for, and every request about it. */
export async function AccessTab({ client }: TabProps) {
  const { db } = await context();
  const { grants, requests } = await clientAccess(db, client.id);
  return (
    <>
      <Card
        title="Grants"
        note={client.lifecycle === "approved" ? undefined : `not in force: ${client.lifecycle}`}
      >
        <DataTable
          caption="Grants"
          rows={grants}
          rowKey={(row) => row.resource}
          empty={
            <Empty title="Nothing is granted">A grant comes into force when a request is approved.</Empty>
          }
          columns={[
            { key: "resource", header: "Resource", cell: (row) => row.name ?? <code>{row.resource}</code> },
            {
              key: "uri",
              header: "URI",
              grow: true,
              cell: (row) => <code className="text-ink-3">{row.resource}</code>,
            },
            {
              key: "scopes",
              header: "Scopes",
              cell: (row) => (
                <span className="flex flex-wrap gap-1 md:py-1">
                  {row.scopes.length === 0 && "none"}
                  {row.scopes.map((scope) =>
                    scope.sensitive ? (
                      <Chip key={scope.name} tone="high" shape="diamond" title="A sensitive scope">
                        <code>{scope.name}</code>
                        <span className="sr-only"> (sensitive)</span>
                      </Chip>
                    ) : (
                      <Chip key={scope.name}>
                        <code>{scope.name}</code>
                      </Chip>
                    ),
                  )}
                </span>
              ),
            },
            {
              key: "where",
              header: "Counts at",
              cell: (row) =>
                row.audiences.length > 0
                  ? row.audiences.map((audience) => audience.name).join(", ")
                  : "nowhere: no server has it any more",
            },
            {
              key: "since",
              header: "Since",
              numeric: true,
              cell: (row) => (
                <>
                  <RelativeTime at={row.since} now={client.now} />
                  {row.request && (
                    <>
                      {" · "}
                      <Link href={`/requests/${row.request}`} className="underline underline-offset-2">
                        request {row.request}
                      </Link>
                    </>
                  )}
                </>
              ),
            },
          ]}
        />
      </Card>
      <Card title="Requests" note={`${requests.length}`}>
        <DataTable
          caption="Requests"
          rows={requests}
          rowKey={(row) => String(row.number)}
          rowHref={(row) => `/requests/${row.number}`}
          empty={
            <Empty title="Nobody asked yet">A request proposes a change of trust; people decide on it.</Empty>
          }
          columns={[
            { key: "number", header: "Request", cell: (row) => `${row.number} · ${row.kind}` },
            {
              key: "state",
              header: "State",
              cell: (row) => (
                <Chip
                  tone={row.state === "open" ? "hold" : row.state === "approved" ? "ok" : "plain"}
                  shape={row.state === "open" ? "ring" : row.state === "approved" ? "tick" : "minus"}
                >
                  {row.state}
                </Chip>
              ),
            },
            { key: "reason", header: "Reason", grow: true, cell: (row) => row.reason },
            {
              key: "asked",
              header: "Asked",
              numeric: true,
              cell: (row) => <RelativeTime at={row.requestedAt} now={client.now} />,
            },
          ]}
        />
      </Card>
    </>
  );
}
