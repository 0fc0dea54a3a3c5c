import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { DocumentLines } from "#components/client/DocumentLines.tsx";
import { MetadataTable } from "#components/client/MetadataTable.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { plural } from "#components/plural.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { prettyLines } from "#lib/core/explain/prettyLines.ts";
import { clientDocument } from "#lib/views/clientDocument.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** The document as it was served, what it means with defaults applied, its digests, and every snapshot. */
export async function DocumentTab({ client, params }: TabProps) {
  const { db } = await context();
  const asked = Number.parseInt(String(params["snapshot"] ?? ""), 10);
  const { shown, live, approved, snapshots } = await clientDocument(
    db,
    client.id,
    Number.isNaN(asked) ? undefined : asked,
  );
  if (!shown)
    return (
      <Card>
        <Empty title="No document was read yet">
          Press f to fetch it now. What came of each try is under Fetches.
        </Empty>
      </Card>
    );
  const base = `/clients/${client.id}`;
  return (
    <div className="grid items-start gap-3.5 lg:grid-cols-2">
      <Card title="As it was served" note={`snapshot ${shown.number}, printed for reading`}>
        <DocumentLines
          lines={prettyLines(shown.text)}
          marks={shown.results}
          label={`Document, snapshot ${shown.number}`}
          checks={`${base}/checks`}
        />
      </Card>
      <div className="grid min-w-0 gap-3.5">
        <Card title="What it means" note="defaults applied">
          <MetadataTable metadata={shown.metadata} />
        </Card>
        <Card title="Digests" note="SHA-256" padded>
          <KeyValue
            wide
            rows={[
              ["A vote binds to", <code key="d">{shown.digest}</code>],
              ["Exact bytes", <code key="r">{shown.rawDigest}</code>],
              ["RFC 8785 form", <code key="c">{shown.canonicalDigest}</code>],
              ["Meaning", <code key="s">{shown.semanticDigest}</code>],
              ["Key set", shown.keySetDigest && <code key="k">{shown.keySetDigest}</code>],
            ]}
          />
        </Card>
        <Card title="Snapshots" note={`${snapshots.length}`}>
          <DataTable
            caption="Snapshots"
            stickyTop="top-0"
            rows={snapshots}
            rowKey={(row) => row.id}
            rowHref={(row) => `${base}/document?snapshot=${row.number}`}
            columns={[
              {
                key: "number",
                header: "Snapshot",
                cell: (row) => `${row.number}${row.number === shown.number ? " (shown)" : ""}`,
              },
              {
                key: "state",
                header: "Stands for",
                cell: (row) =>
                  [row.id === live?.id && "live", row.id === approved?.id && "approved"]
                    .filter(Boolean)
                    .join(", ") || "—",
              },
              { key: "digest", header: "Digest", cell: (row) => <code>{row.digest.slice(0, 12)}</code> },
              {
                key: "checks",
                header: "Checks",
                cell: (row) => `${plural(row.errors, "error")}, ${plural(row.warnings, "warning")}`,
              },
              {
                key: "seen",
                header: "First seen",
                numeric: true,
                cell: (row) => <RelativeTime at={row.firstSeenAt} now={client.now} />,
              },
            ]}
          />
        </Card>
        <p className="px-0.5 text-sm text-ink-3">
          What the checks say is under{" "}
          <Link href={`${base}/checks`} className="underline underline-offset-2">
            Checks
          </Link>
          .
        </p>
      </div>
    </div>
  );
}
