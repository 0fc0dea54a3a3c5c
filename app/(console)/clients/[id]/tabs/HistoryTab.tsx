import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { plural } from "#components/plural.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { clientHistory } from "#lib/views/clients/clientHistory.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** Who did what to it: its lines of the journal. */
export async function HistoryTab({ client }: TabProps) {
  const { db } = await context();
  const lines = await clientHistory(db, client.id);
  return (
    <Card title="History" note={lines.length === 100 ? "the last 100 lines" : plural(lines.length, "line")}>
      <DataTable
        caption="History"
        rows={lines}
        rowKey={(row) => String(row.seq)}
        empty={<Empty title="Nothing has happened yet">Every decision about it will stand here.</Empty>}
        columns={[
          { key: "at", header: "When", cell: (row) => <RelativeTime at={row.at} now={client.now} ago /> },
          { key: "who", header: "Who", cell: (row) => row.who },
          {
            key: "action",
            header: "What",
            cell: (row) => row.action.replace(/^(client|request)\./, "").replaceAll(/[._]/g, " "),
          },
          {
            key: "note",
            header: "Why",
            className: "md:w-1/2 md:min-w-[200px] md:py-1.5! md:whitespace-normal!",
            cell: (row) => row.note ?? "—",
          },
          {
            key: "request",
            header: "Request",
            cell: (row) =>
              row.request ? (
                <Link href={`/requests/${row.request}`} className="underline underline-offset-2">
                  {row.request}
                </Link>
              ) : (
                "—"
              ),
          },
          {
            key: "seq",
            header: "Journal",
            numeric: true,
            cell: (row) => <code className="text-ink-3">{row.seq}</code>,
          },
        ]}
      />
    </Card>
  );
}
