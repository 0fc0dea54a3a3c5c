import clsx from "clsx";
import type { ReactNode } from "react";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { FindingState } from "#lib/core/finding/Finding.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { Chip } from "../Chip.tsx";
import { ClientIdText } from "../ClientIdText.tsx";
import { SortLink } from "../clients/SortLink.tsx";
import { DataTable, type Column } from "../DataTable.tsx";
import { plural } from "../plural.ts";
import { RelativeTime } from "../RelativeTime.tsx";
import { SeverityChip } from "../SeverityChip.tsx";
import { FindingStateChip } from "./FindingStateChip.tsx";
import { TimeLeft, type TimeLeftProps } from "./TimeLeft.tsx";

export interface ShownFinding {
  readonly number: number;
  readonly rule: string;
  readonly ruleTitle: string;
  readonly severity: DriftSeverity;
  readonly state: FindingState;
  readonly message: string;
  readonly host: string;
  readonly client: { readonly id: string; readonly clientId: string; readonly name: string } | null;
  readonly owners: readonly string[];
  readonly assignee: { readonly name: string } | null;
  readonly since: Instant;
  readonly due: TimeLeftProps["due"];
  readonly untilChange: boolean;
  readonly regressions: number;
  readonly members: number;
  readonly proposal: "dismiss" | "waive" | null;
  /** When it was decided or resolved. */
  readonly settledAt: Instant | null;
}

export interface FindingsTableProps {
  caption: string;
  rows: readonly ShownFinding[];
  now: Instant;
  hrefOf: (number: number) => string;
  /** Given, the columns sort. */
  sort?: { by: string; descending: boolean; href: (by: string) => string };
  /** Rows can be ticked. */
  selects?: boolean;
  /** The client is known where the table stands. */
  ofOneClient?: boolean;
  empty?: ReactNode;
}

/** Findings, one a row: how bad, what, where, whose, how long there is left. */
export function FindingsTable(props: FindingsTableProps) {
  const { rows, now, hrefOf, sort, selects = false, ofOneClient = false } = props;
  const header = (by: string, label: string) => {
    if (!sort) return { key: by, label, header: label };
    const sorted = sort.by === by ? (sort.descending ? "descending" : "ascending") : undefined;
    return {
      key: by,
      label,
      sorted,
      header: (
        <SortLink href={sort.href(by)} sorted={sorted}>
          {label}
        </SortLink>
      ),
    } as const;
  };
  const columns: readonly Column<ShownFinding>[] = [
    {
      ...header("severity", "Finding"),
      grow: true,
      cell: (row) => <What row={row} beside={selects} ofOneClient={ofOneClient} />,
    },
    {
      key: "state",
      header: "State",
      ...(ofOneClient ? {} : { from: "xl" as const }),
      className: "md:align-top md:pt-[9px]",
      cell: (row) => <FindingStateChip state={row.state} proposal={row.proposal} />,
    },
    ...(ofOneClient
      ? []
      : [
          {
            ...header("owner", "Owner team"),
            from: "lg" as const,
            className: "md:max-w-[130px] md:truncate md:align-top md:pt-[9px]",
            cell: (row: ShownFinding) => <Owners names={row.owners} />,
          },
        ]),
    {
      ...header("assignee", "Assignee"),
      className: "md:max-w-[130px] md:truncate md:align-top md:pt-[9px]",
      cell: (row) => row.assignee?.name ?? <span className="text-ink-3">nobody</span>,
    },
    {
      ...header("age", "Age"),
      numeric: true,
      className: "md:align-top md:pt-[9px]",
      cell: (row) => (
        <span className="inline-flex items-center gap-1.5 text-ink-3">
          <Regressed times={row.regressions} />
          <RelativeTime at={row.since} now={now} />
        </span>
      ),
    },
    {
      ...header("due", "Time left"),
      className: "md:align-top md:pt-[9px]",
      cell: (row) => <Stands row={row} now={now} alone={!ofOneClient} />,
    },
  ];
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.number)}
      rowHref={(row) => hrefOf(row.number)}
      rowSelect={selects ? (row) => <SelectFinding number={row.number} /> : undefined}
      empty={props.empty}
    />
  );
}

/** How bad and what; below it where, and by which rule. */
function What(props: {
  row: ShownFinding;
  /** A checkbox stands before it. */
  beside: boolean;
  ofOneClient: boolean;
}) {
  const { row, beside, ofOneClient } = props;
  return (
    <span
      className={clsx(
        "inline-grid items-start gap-x-2 gap-y-0.5 align-middle md:grid-cols-[76px_minmax(0,1fr)] md:py-1.5",
        beside ? "w-[calc(100%-26px)]" : "w-full",
      )}
    >
      <span>
        <SeverityChip severity={row.severity} />
      </span>
      <span className="line-clamp-2 whitespace-normal max-md:line-clamp-none" title={row.message}>
        {row.message}
      </span>
      <span className="flex min-w-0 items-center gap-x-2.5 font-normal max-md:flex-wrap md:col-start-2">
        {!ofOneClient && <Where row={row} />}
        <code
          title={row.ruleTitle}
          className={clsx("text-ink-3", !ofOneClient && "shrink-0 md:max-xl:hidden")}
        >
          {row.rule}
        </code>
      </span>
    </span>
  );
}

/** How long there is left, or since when it is settled; without a column for its state, what is out of the ordinary about that. */
function Stands({ row, now, alone }: { row: ShownFinding; now: Instant; alone: boolean }) {
  const waits = (row.state === "open" || row.state === "acknowledged") && row.proposal === null;
  const time =
    row.due || row.untilChange || row.settledAt === null ? (
      <TimeLeft due={row.due} untilChange={row.untilChange} now={now} />
    ) : (
      <span className="text-ink-3">
        <RelativeTime at={row.settledAt} now={now} ago />
      </span>
    );
  if (waits || !alone) return time;
  return (
    <>
      <span className="mr-2 hidden md:max-xl:inline">
        <FindingStateChip state={row.state} proposal={row.proposal} />
      </span>
      <span className={row.proposal ? "md:max-xl:hidden" : undefined}>{time}</span>
    </>
  );
}

/** Ticks one finding; `x` presses it. */
export function SelectFinding({ number }: { number: number }) {
  return (
    <input
      type="checkbox"
      name="number"
      value={number}
      aria-label={`Select F-${number}`}
      className="mr-2.5 size-3.5 align-middle accent-accent md:mt-[9px] md:align-top"
    />
  );
}

/** The client, its host strong; for a finding about a host how many clients it speaks for. */
export function Where({ row }: { row: Pick<ShownFinding, "client" | "host" | "members"> }) {
  if (row.client)
    return (
      <span
        title={`${row.client.name} · ${row.client.clientId}`}
        className="min-w-0 truncate max-md:whitespace-normal"
      >
        <ClientIdText value={row.client.clientId} />
      </span>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <b className="font-mono text-[12.3px] font-semibold">{row.host}</b>
      <Chip title="One cause at many clients of a host is one finding">{plural(row.members, "client")}</Chip>
    </span>
  );
}

export function Owners({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <span className="text-ink-3">nobody</span>;
  if (names.length > 2) return <span title={names.join(", ")}>{names.length} teams</span>;
  return <>{names.join(", ")}</>;
}

/** How often it came back. */
export function Regressed({ times }: { times: number }) {
  if (times === 0) return null;
  return (
    <Chip tone="hold" title={`It came back ${times === 1 ? "once" : `${times} times`} after it was resolved`}>
      <span className="sr-only">came back </span>
      <span aria-hidden="true">↺</span> ×{times}
    </Chip>
  );
}
