import type { TimelineLine } from "#lib/core/keyTimeline/keyTimeline.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { DataTable } from "../DataTable.tsx";
import { RelativeTime } from "../RelativeTime.tsx";

/** The same keys as in the picture, in words. */
export function KeyTimelineTable({ lines, now }: { lines: readonly TimelineLine[]; now: Instant }) {
  const time = (at: Instant | null) => (at === null ? "—" : <RelativeTime at={at} now={now} />);
  return (
    <DataTable
      caption="Keys over time"
      rows={lines}
      rowKey={(row) => row.jkt}
      columns={[
        {
          key: "jkt",
          header: "Thumbprint",
          cell: (row) => (
            <code className="inline-block max-w-[18ch] truncate align-bottom max-md:max-w-none">
              {row.jkt}
            </code>
          ),
        },
        { key: "kid", header: "kid", cell: (row) => (row.kid ? <code>{row.kid}</code> : "—") },
        { key: "kind", header: "Kind", from: "lg", cell: (row) => row.kind },
        {
          key: "seen",
          header: "First seen",
          numeric: true,
          cell: (row) => (row.lastSeenAt === null ? "not yet" : time(row.firstSeenAt)),
        },
        { key: "gone", header: "Left", numeric: true, cell: (row) => time(row.removedAt) },
        {
          key: "words",
          header: "What became of it",
          className: "md:w-1/2 md:py-1.5! md:whitespace-normal!",
          cell: (row) => row.words,
        },
      ]}
    />
  );
}
