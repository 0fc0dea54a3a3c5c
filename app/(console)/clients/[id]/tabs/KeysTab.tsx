import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { clientKeys } from "#lib/views/clientKeys.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** Every key it ever published, by thumbprint. */
export async function KeysTab({ client }: TabProps) {
  const { db } = await context();
  const { source, keys } = await clientKeys(db, client.id);
  return (
    <Card title="Keys" note={source ? (source === "inline" ? "inside the document" : source) : undefined}>
      <DataTable
        caption="Keys"
        rows={keys}
        rowKey={(row) => `${row.jkt}${row.firstSeenAt}`}
        empty={
          <Empty title="It publishes no keys">
            A client without keys does not authenticate itself: only PKCE ties a code to the program that
            asked.
          </Empty>
        }
        columns={[
          {
            key: "jkt",
            header: "Thumbprint (RFC 7638)",
            grow: true,
            cell: (row) => <code>{row.jkt ?? "none: the key is not usable"}</code>,
          },
          { key: "kid", header: "kid", cell: (row) => (row.kid ? <code>{row.kid}</code> : "—") },
          { key: "kind", header: "Kind", cell: (row) => row.kind },
          { key: "use", header: "Use", from: "lg", cell: (row) => row.use ?? "any" },
          {
            key: "state",
            header: "In force",
            cell: (row) =>
              row.leaked.length > 0 ? (
                <Chip tone="crit" shape="triangle">
                  private part published
                </Chip>
              ) : row.inLive && row.inApproved ? (
                <Chip tone="ok" shape="tick">
                  approved and live
                </Chip>
              ) : row.inLive ? (
                <Chip tone="hold" shape="half">
                  live, not approved
                </Chip>
              ) : (
                <Chip tone="plain" shape="minus">
                  gone
                </Chip>
              ),
          },
          {
            key: "seen",
            header: "First seen",
            numeric: true,
            cell: (row) => <RelativeTime at={row.firstSeenAt} now={client.now} />,
          },
          {
            key: "gone",
            header: "Left",
            numeric: true,
            cell: (row) => (row.goneAt === null ? "—" : <RelativeTime at={row.goneAt} now={client.now} />),
          },
        ]}
      />
    </Card>
  );
}
