import type { ReactNode } from "react";
import type { Sync } from "#lib/core/client.ts";
import type { CopyState } from "#lib/core/explain/adviseUnread.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { ClientIdText } from "../ClientIdText.tsx";
import { DataTable } from "../DataTable.tsx";
import { plural } from "../plural.ts";
import { RelativeTime } from "../RelativeTime.tsx";
import { SyncChip } from "../SyncChip.tsx";
import { dayOf } from "../time.ts";
import { CopyChip } from "./CopyChip.tsx";

export interface UnreadClientRow {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly sync: Sync;
  readonly outcome: string | null;
  readonly failures: number;
  readonly since: Instant | null;
  readonly owner: string | null;
  readonly lastGoodAt: Instant | null;
  readonly copy: CopyState;
  readonly snapshot: number | null;
  readonly renewBy: Instant | null;
  readonly advice: { readonly what: string; readonly todo: string };
}

export type UnreadRow<Line extends UnreadClientRow> =
  | { readonly kind: "client"; readonly line: Line }
  | {
      readonly kind: "host";
      readonly group: {
        readonly host: string;
        readonly clients: number;
        readonly since: Instant | null;
        readonly syncs: readonly Sync[];
      };
    };

/** Clients out of reach, or hosts where there are many: since when, what stands in, what to do. */
export function UnreadTable<Line extends UnreadClientRow>({
  rows,
  now,
  hostHref,
  act,
  empty,
}: {
  rows: readonly UnreadRow<Line>[];
  now: Instant;
  hostHref: (host: string) => string;
  act: (line: Line) => ReactNode;
  empty: ReactNode;
}) {
  return (
    <DataTable
      caption="Clients whose document cannot be read"
      rows={rows}
      empty={empty}
      rowKey={(row) => (row.kind === "host" ? `host ${row.group.host}` : row.line.id)}
      rowHref={(row) => (row.kind === "host" ? hostHref(row.group.host) : `/clients/${row.line.id}/document`)}
      columns={[
        {
          key: "client",
          header: "Client",
          className: "md:max-w-[210px] md:py-1.5!",
          cell: (row) =>
            row.kind === "host" ? (
              <>
                <span className="font-semibold">{row.group.host}</span>
                <span className="block text-sm font-normal text-ink-3">
                  {plural(row.group.clients, "client")}
                </span>
              </>
            ) : (
              <>
                <span className="block truncate font-semibold max-md:whitespace-normal">{row.line.name}</span>
                <span className="block truncate text-sm font-normal max-md:whitespace-normal">
                  <ClientIdText value={row.line.clientId} />
                </span>
              </>
            ),
        },
        {
          key: "state",
          header: "Reading",
          cell: (row) => (
            <span className="inline-flex flex-wrap gap-1">
              {(row.kind === "host" ? row.group.syncs : [row.line.sync]).map((sync) => (
                <SyncChip key={sync} sync={sync} />
              ))}
            </span>
          ),
        },
        {
          key: "since",
          header: "Since",
          numeric: true,
          cell: (row) => {
            const since = row.kind === "host" ? row.group.since : row.line.since;
            return since === null ? "—" : <RelativeTime at={since} now={now} />;
          },
        },
        {
          key: "copy",
          header: "What stands in",
          cell: (row) =>
            row.kind === "host" ? (
              <span className="text-ink-3">see each client</span>
            ) : (
              <span className="inline-flex flex-wrap items-center gap-x-1.5">
                <CopyChip state={row.line.copy} />
                <span className="text-sm text-ink-3">
                  <CopyAge line={row.line} now={now} />
                </span>
              </span>
            ),
        },
        {
          key: "todo",
          header: "What to do",
          className: "md:w-2/5 md:min-w-[240px] md:py-1.5! md:whitespace-normal!",
          cell: (row) =>
            row.kind === "host" ? (
              "One cause, most likely: ask whoever runs the host."
            ) : (
              <>
                {row.line.advice.todo}{" "}
                {row.line.sync === "unreachable" && (
                  <span className="text-sm text-ink-3">{row.line.advice.what}</span>
                )}
              </>
            ),
        },
        {
          key: "act",
          header: <span className="sr-only">Act</span>,
          label: "",
          className: "md:text-right",
          cell: (row) => (row.kind === "host" ? null : act(row.line)),
        },
      ]}
    />
  );
}

function CopyAge({ line, now }: { line: UnreadClientRow; now: Instant }) {
  if (line.renewBy !== null) return <>compare again by {dayOf(line.renewBy)}</>;
  if (line.copy === "waiting") return <>version {line.snapshot}</>;
  return line.lastGoodAt === null ? null : (
    <>
      read <RelativeTime at={line.lastGoodAt} now={now} ago />
    </>
  );
}
