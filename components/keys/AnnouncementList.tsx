import type { ReactNode } from "react";
import type { Instant } from "#lib/core/Instant.ts";
import { Chip, type Tone } from "../Chip.tsx";
import { DataTable } from "../DataTable.tsx";
import type { ShapeName } from "../Shape.tsx";
import { RelativeTime } from "../RelativeTime.tsx";
import { dayOf } from "../time.ts";

export interface AnnouncementRow {
  readonly id: string;
  readonly jkt: string;
  readonly note: string;
  readonly expectedBy: Instant;
  readonly announcedBy: string | null;
  readonly confirmedBy: string | null;
  readonly at: Instant;
  readonly state: "waiting" | "missed" | "matched" | "withdrawn";
  readonly matchedAt: Instant | null;
}

const looks: Record<AnnouncementRow["state"], readonly [Tone, ShapeName, string]> = {
  waiting: ["info", "dashed", "waiting"],
  missed: ["high", "diamond", "did not come"],
  matched: ["ok", "tick", "came"],
  withdrawn: ["plain", "minus", "withdrawn"],
};

/** What was announced, and whether it came. `act` is what may be done with a row that waits. */
export function AnnouncementList({
  rows,
  now,
  act,
}: {
  rows: readonly AnnouncementRow[];
  now: Instant;
  act?: (row: AnnouncementRow) => ReactNode;
}) {
  return (
    <DataTable
      caption="Announcements"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: "jkt", header: "Thumbprint", cell: (row) => <code>{`${row.jkt.slice(0, 12)}…`}</code> },
        {
          key: "state",
          header: "State",
          cell: (row) => {
            const [tone, shape, word] = looks[row.state];
            return (
              <Chip tone={tone} shape={shape}>
                {word}
              </Chip>
            );
          },
        },
        { key: "by", header: "Expected by", cell: (row) => dayOf(row.expectedBy) },
        {
          key: "who",
          header: "Announced",
          cell: (row) => (
            <>
              {row.announcedBy ?? "a token"} · <RelativeTime at={row.at} now={now} ago />
            </>
          ),
        },
        {
          key: "second",
          header: "Confirmed",
          cell: (row) => row.confirmedBy ?? <span className="text-ink-3">not yet</span>,
        },
        {
          key: "note",
          header: "Note",
          grow: true,
          cell: (row) => row.note || <span className="text-ink-3">—</span>,
        },
        ...(act ? [{ key: "act", header: <span className="sr-only">Act</span>, label: "", cell: act }] : []),
      ]}
    />
  );
}
