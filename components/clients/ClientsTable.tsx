import type { ReactNode } from "react";
import type { Lifecycle, RiskTier, Sync } from "#lib/core/client.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { ClientIdText } from "../ClientIdText.tsx";
import { DataTable, type Column } from "../DataTable.tsx";
import { LifecycleChip } from "../LifecycleChip.tsx";
import { RelativeTime } from "../RelativeTime.tsx";
import { SeverityChip } from "../SeverityChip.tsx";
import { SyncChip } from "../SyncChip.tsx";
import { relativeTime } from "../time.ts";
import { SortLink } from "./SortLink.tsx";

export interface ClientsTableRow {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly lifecycle: Lifecycle;
  readonly expired: boolean;
  readonly sync: Sync;
  readonly heldBy: string | null;
  readonly failingSince: Instant | null;
  readonly owner: string | null;
  readonly redirects: string | null;
  readonly keys: number | null;
  readonly risk: RiskTier;
  readonly lastFetchedAt: Instant | null;
  readonly openRequest: number | null;
}

export interface ClientsTableProps {
  rows: readonly ClientsTableRow[];
  now: Instant;
  sort: { by: string; descending: boolean };
  sortHref: (by: string) => string;
  empty: ReactNode;
}

/** The inventory: one client a row, what is trusted beside what is seen. */
export function ClientsTable({ rows, now, sort, sortHref, empty }: ClientsTableProps) {
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
  const columns: readonly Column<ClientsTableRow>[] = [
    {
      ...sortable("name", "Client"),
      className: "md:max-w-[212px] md:pr-4!",
      cell: (row) => (
        <span className="inline-block max-w-[156px] truncate align-middle font-semibold max-md:max-w-none">
          {row.name}
        </span>
      ),
    },
    {
      ...sortable("client_id", "client_id"),
      grow: true,
      cell: (row) => <ClientIdText value={row.clientId} />,
    },
    {
      ...sortable("trust", "Trust"),
      cell: (row) => <LifecycleChip lifecycle={row.lifecycle} expired={row.expired} />,
    },
    {
      ...sortable("document", "Document"),
      cell: (row) => (
        <SyncChip
          sync={row.sync}
          detail={
            row.sync === "held"
              ? (row.heldBy ?? undefined)
              : row.failingSince !== null && row.sync !== "in_sync"
                ? relativeTime(row.failingSince, now)
                : undefined
          }
        />
      ),
    },
    {
      ...sortable("owner", "Owner team"),
      from: "lg",
      cell: (row) => row.owner ?? <span className="text-ink-3">nobody</span>,
    },
    {
      key: "redirects",
      header: "Redirects",
      from: "xl",
      className: "max-md:hidden!",
      cell: (row) => <span className="text-ink-2">{row.redirects ?? "not read"}</span>,
    },
    {
      key: "keys",
      header: "Keys",
      from: "xl",
      numeric: true,
      className: "max-md:hidden!",
      cell: (row) => <span className="text-ink-2">{row.keys ? row.keys : "—"}</span>,
    },
    { ...sortable("risk", "Risk"), cell: (row) => <SeverityChip severity={row.risk} /> },
    {
      ...sortable("fetched", "Fetched"),
      numeric: true,
      from: "xl",
      className: "max-md:hidden!",
      cell: (row) =>
        row.lastFetchedAt === null ? (
          <span className="text-ink-3">never</span>
        ) : (
          <span className="text-ink-3">
            <RelativeTime at={row.lastFetchedAt} now={now} />
          </span>
        ),
    },
  ];
  return (
    <DataTable
      caption="Clients"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/clients/${row.id}`}
      rowSelect={(row) => (
        <input
          type="checkbox"
          name="id"
          value={row.id}
          data-client-id={row.clientId}
          aria-label={`Select ${row.name}`}
          className="mr-2.5 size-3.5 align-middle accent-accent"
        />
      )}
      empty={empty}
    />
  );
}
