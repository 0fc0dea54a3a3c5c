import Link from "next/link";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { Chip, type Tone } from "../Chip.tsx";
import { DataTable } from "../DataTable.tsx";
import { plural } from "../plural.ts";
import { RelativeTime } from "../RelativeTime.tsx";
import { SeverityChip } from "../SeverityChip.tsx";
import type { ShapeName } from "../Shape.tsx";

export interface VersionRow {
  readonly id: string;
  readonly number: number;
  readonly digest: string;
  readonly errors: number;
  readonly warnings: number;
  readonly firstSeenAt: Instant;
  readonly attested: boolean | null;
  readonly isLive: boolean;
  readonly isApproved: boolean;
  readonly liveAt: Instant | null;
  readonly severity: DriftSeverity | null;
  readonly before: number | null;
  readonly copy: "waiting" | "attested" | "refused" | "replaced" | null;
}

const copies: Record<NonNullable<VersionRow["copy"]>, readonly [Tone, ShapeName, string]> = {
  waiting: ["hold", "pause", "copy waits"],
  attested: ["info", "ring", "attested copy"],
  refused: ["stop", "cross", "copy refused"],
  replaced: ["plain", "minus", "copy replaced"],
};

/** The versions of a document, newest first: when, what it stands for, how serious the change to it was. */
export function VersionTable({
  rows,
  base,
  shown,
  now,
}: {
  rows: readonly VersionRow[];
  /** Address of the screen. */
  base: string;
  shown: number | null;
  now: Instant;
}) {
  return (
    <DataTable
      caption="Versions"
      stickyTop="top-0"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}?snapshot=${row.number}`}
      columns={[
        {
          key: "number",
          header: "Version",
          cell: (row) => `${row.number}${row.number === shown ? " (shown)" : ""}`,
        },
        {
          key: "state",
          header: "Stands for",
          cell: (row) => <Standing row={row} />,
        },
        {
          key: "severity",
          header: "Change to it",
          cell: (row) =>
            row.severity !== null && row.before !== null ? (
              <Link
                href={`${base}?from=${row.before}&to=${row.number}`}
                aria-label={`Compare ${row.before} with ${row.number}: ${row.severity}`}
              >
                <SeverityChip severity={row.severity} />
              </Link>
            ) : (
              <span className="text-ink-3">—</span>
            ),
        },
        {
          key: "checks",
          header: "Checks",
          from: "xl",
          cell: (row) =>
            row.errors + row.warnings === 0
              ? "nothing"
              : `${plural(row.errors, "error")}, ${plural(row.warnings, "warning")}`,
        },
        {
          key: "digest",
          header: "Digest",
          from: "xl",
          cell: (row) => <code>{row.digest.slice(0, 12)}</code>,
        },
        {
          key: "seen",
          header: "Since",
          numeric: true,
          cell: (row) => <RelativeTime at={row.liveAt ?? row.firstSeenAt} now={now} />,
        },
      ]}
    />
  );
}

function Standing({ row }: { row: VersionRow }) {
  const copy = row.copy && copies[row.copy];
  const words = [row.isLive && "live", row.isApproved && "approved"].filter(Boolean).join(", ");
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {words || (!copy && <span className="text-ink-3">—</span>)}
      {copy && (
        <Chip tone={copy[0]} shape={copy[1]}>
          {copy[2]}
        </Chip>
      )}
      {!copy && row.attested && <Chip>copy</Chip>}
    </span>
  );
}
