import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { EntryFacts } from "#components/client/EntryFacts.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { clientEnforcement } from "#lib/views/clients/clientEnforcement.ts";
import { clientSightings } from "#lib/views/clients/clientSightings.ts";
import { context } from "../../../../context.ts";
import { SeenCard } from "./SeenCard.tsx";
import type { TabProps } from "./TabProps.ts";

/** The lists that carry it, what they say, and which server says it runs that. */
export async function EnforcementTab({ client }: TabProps) {
  const { db } = await context();
  const [lists, seen] = await Promise.all([
    clientEnforcement(db, client.id),
    clientSightings(db, client.now, client.clientId),
  ]);
  return (
    <>
      <ListCards client={client} lists={lists} />
      <SeenCard seen={seen} now={client.now} />
    </>
  );
}

function ListCards({
  client,
  lists,
}: Pick<TabProps, "client"> & { lists: Awaited<ReturnType<typeof clientEnforcement>> }) {
  if (lists.length === 0)
    return (
      <Card>
        <Empty title="No list carries this client">
          {client.lifecycle === "approved"
            ? "The next release will. The worker publishes it within seconds of a decision."
            : "A list carries a client once it is approved for one of the server's resources."}
        </Empty>
      </Card>
    );
  return lists.map((list) => (
    <Card
      key={list.slug}
      title={
        <Link href={`/servers/${list.slug}`} className="hover:underline">
          {list.name}
        </Link>
      }
      note={
        list.sinceRev === null
          ? "waits for the next release"
          : `since release ${list.sinceRev}${list.rev === list.sinceRev ? ", the newest" : `; the newest is ${list.rev}`}`
      }
      actions={
        <>
          changed <RelativeTime at={list.changedAt} now={client.now} ago />
        </>
      }
    >
      <div className="border-b border-line px-3.5 py-3">
        <EntryFacts entry={list.entry} />
      </div>
      <DataTable
        caption={`Servers that use ${list.name}`}
        stickyTop="top-0"
        rows={list.servers}
        rowKey={(row) => `${row.name}/${row.instance}`}
        empty={<Empty title="No server is connected to this list">Nothing enforces it yet.</Empty>}
        columns={[
          {
            key: "name",
            header: "Server",
            cell: (row) =>
              row.instance && row.instance !== row.name ? `${row.name} · ${row.instance}` : row.name,
          },
          {
            key: "carries",
            header: "Enforces this",
            cell: (row) =>
              row.carries === null ? (
                <Chip tone="plain" shape="dashed">
                  not confirmed
                </Chip>
              ) : !row.carries ? (
                <Chip tone="hold" shape="half">
                  older release
                </Chip>
              ) : row.reportOnly ? (
                <Chip tone="hold" shape="ring">
                  reports only
                </Chip>
              ) : (
                <Chip tone="ok" shape="tick">
                  yes
                </Chip>
              ),
          },
          { key: "rev", header: "Runs release", numeric: true, cell: (row) => row.rev ?? "—" },
          { key: "error", header: "Trouble", grow: true, cell: (row) => row.error ?? "—" },
          {
            key: "checked",
            header: "Heard from",
            numeric: true,
            cell: (row) =>
              row.checkedAt === null ? "never" : <RelativeTime at={row.checkedAt} now={client.now} />,
          },
        ]}
      />
    </Card>
  ));
}
