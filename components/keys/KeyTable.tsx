import type { ReactNode } from "react";
import type { Instant } from "#lib/core/Instant.ts";
import type { KeyState } from "#lib/core/keyTimeline/keyState.ts";
import { ClientIdText } from "../ClientIdText.tsx";
import { SortLink } from "../clients/SortLink.tsx";
import { DataTable } from "../DataTable.tsx";
import { RelativeTime } from "../RelativeTime.tsx";
import { KeyStateChip } from "./KeyStateChip.tsx";

export interface KeyTableRow {
  readonly clientRowId: string;
  readonly clientName: string;
  readonly clientId: string;
  readonly owner: string | null;
  readonly jkt: string;
  readonly kid: string | null;
  readonly kind: string;
  readonly firstSeenAt: Instant | null;
  readonly removedAt: Instant | null;
  readonly state: KeyState;
  readonly words: string;
  readonly sharedWith: number;
}

export interface KeyTableProps {
  rows: readonly KeyTableRow[];
  now: Instant;
  sort: { by: string; descending: boolean };
  sortHref: (by: string) => string;
  empty: ReactNode;
}

/** Keys of many clients: one key a row, what is to be said of it first. */
export function KeyTable({ rows, now, sort, sortHref, empty }: KeyTableProps) {
  const sortable = (by: string, label: string) => {
    const sorted = sort.by === by ? (sort.descending ? "descending" : "ascending") : undefined;
    return {
      key: by,
      label,
      sorted,
      header: (
        <SortLink href={sortHref(by)} sorted={sorted}>
          {label}
        </SortLink>
      ),
    } as const;
  };
  return (
    <DataTable
      caption="Keys"
      rows={rows}
      rowKey={(row) => `${row.clientRowId} ${row.jkt}`}
      rowHref={(row) => `/clients/${row.clientRowId}/keys`}
      empty={empty}
      columns={[
        {
          ...sortable("client", "Client"),
          className: "md:max-w-[180px]",
          cell: (row) => (
            <span className="inline-block max-w-[154px] truncate align-middle font-semibold max-md:max-w-none">
              {row.clientName}
            </span>
          ),
        },
        {
          key: "host",
          header: "client_id",
          from: "xl",
          className: "md:max-w-[220px] md:truncate",
          cell: (row) => <ClientIdText value={row.clientId} />,
        },
        {
          key: "key",
          header: "Key",
          cell: (row) => (
            <>
              <code className="[overflow-wrap:anywhere] md:inline-block md:max-w-[22ch] md:truncate md:align-bottom">
                {row.kid ?? "no kid"}
              </code>{" "}
              <code className="text-ink-3">{row.jkt.slice(0, 8)}…</code>
            </>
          ),
        },
        { key: "kind", header: "Kind", from: "lg", cell: (row) => row.kind },
        {
          ...sortable("age", "Age"),
          numeric: true,
          cell: (row) =>
            row.firstSeenAt === null ? (
              <span className="text-ink-3">not yet</span>
            ) : (
              <RelativeTime at={row.firstSeenAt} now={now} />
            ),
        },
        {
          ...sortable("urgency", "State"),
          cell: (row) => (
            <span className="inline-flex flex-wrap gap-1">
              <KeyStateChip state={row.state} />
              {row.sharedWith > 0 && row.state !== "shared" && <KeyStateChip state="shared" />}
            </span>
          ),
        },
        {
          key: "words",
          header: "In words",
          grow: true,
          from: "lg",
          cell: (row) => <span className="text-ink-2">{wordsOf(row)}</span>,
        },
        {
          key: "owner",
          header: "Owner team",
          from: "xl",
          cell: (row) => row.owner ?? <span className="text-ink-3">nobody</span>,
        },
      ]}
    />
  );
}

function wordsOf({ state, sharedWith, words }: KeyTableRow): string {
  if (state !== "shared") return words;
  return `${sharedWith === 1 ? "Another client publishes" : `${sharedWith} other clients publish`} it, too: each can sign as the other.`;
}
