import Link from "next/link";
import type { ReactNode } from "react";
import type { Instant } from "#lib/core/Instant.ts";
import { Chip } from "../Chip.tsx";
import { ClientIdText } from "../ClientIdText.tsx";
import { DataTable } from "../DataTable.tsx";
import { clientPath } from "../paths.ts";
import { plural } from "../plural.ts";
import { RelativeTime } from "../RelativeTime.tsx";
import { SeenDays } from "./SeenDays.tsx";

export interface UnknownRowLine {
  readonly clientId: string;
  readonly shownId: string;
  readonly host: string;
  readonly rowId: string | null;
  readonly name: string | null;
  readonly canBeClient: boolean;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly total: number;
  readonly days: readonly number[];
  readonly passed: number;
  readonly refused: number;
  readonly servers: readonly { readonly slug: string; readonly name: string }[];
  readonly looksLike: { readonly name: string; readonly how: string } | null;
  readonly vendor: string | null;
  readonly redirects: readonly string[];
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly asideUntil: number | null;
}

export interface UnknownRowHost<Line> {
  readonly host: string;
  readonly clients: number;
  readonly total: number;
  readonly vendor: string | null;
  readonly lines: readonly Line[];
}

type TableRow<Line> =
  | { readonly kind: "host"; readonly host: UnknownRowHost<Line> }
  | { readonly kind: "client"; readonly line: Line; readonly alone: boolean };

/** Clients that servers met and nobody asked for, those of one host together: how often, where, and what they wanted. */
export function UnknownTable<Line extends UnknownRowLine>({
  hosts,
  now,
  open,
  selects,
  hostHref,
  serverHref,
  empty,
}: {
  hosts: readonly UnknownRowHost<Line>[];
  now: Instant;
  /** One host is looked at: its clients are listed without it. */
  open: boolean;
  /** A row can be chosen, to act on it. */
  selects: boolean;
  hostHref: (host: string) => string;
  serverHref: (server: string) => string;
  empty: ReactNode;
}) {
  const rows = hosts.flatMap((host): TableRow<Line>[] => {
    const alone = !open && host.clients === 1;
    return [
      ...(alone || open ? [] : [{ kind: "host" as const, host }]),
      ...host.lines.map((line) => ({ kind: "client" as const, line, alone })),
    ];
  });
  return (
    <DataTable
      caption="Clients that servers met and nobody asked for"
      rows={rows}
      empty={empty}
      rowKey={keyOf}
      rowSelect={
        selects
          ? (row) => (
              <input
                type="radio"
                name="unknown"
                value={keyOf(row)}
                aria-label={`Choose ${row.kind === "host" ? row.host.host : row.line.shownId}`}
                className="mr-2.5 size-3.5 align-middle accent-accent"
              />
            )
          : undefined
      }
      rowHref={(row) =>
        row.kind === "host"
          ? hostHref(row.host.host)
          : row.line.rowId === null
            ? `/clients/new?client_id=${encodeURIComponent(row.line.clientId)}`
            : clientPath(row.line.rowId)
      }
      columns={[
        {
          key: "client",
          header: "Client",
          className: "md:w-[49%] md:max-w-0 md:py-1.5!",
          cell: (row) => (
            <span className={selects ? "inline-block w-[calc(100%-26px)] align-middle" : "block"}>
              {row.kind === "host" ? (
                <HostCell host={row.host} />
              ) : (
                <ClientCell line={row.line} member={!row.alone && !open} />
              )}
            </span>
          ),
        },
        {
          key: "seen",
          header: "Seen in 7 days",
          className: "md:py-1.5!",
          cell: (row) =>
            row.kind === "host" ? (
              <span className="text-sm text-ink-3 tabular-nums">
                {row.host.total.toLocaleString("en")} times in all
              </span>
            ) : (
              <SeenCell line={row.line} now={now} />
            ),
        },
        {
          key: "outcome",
          header: "Outcome",
          className: "md:py-1.5! md:whitespace-normal!",
          cell: (row) =>
            row.kind === "host" ? <SeeEach /> : <OutcomeCell line={row.line} serverHref={serverHref} />,
        },
        {
          key: "asked",
          header: "Asked for",
          from: "lg",
          className: "md:max-w-[210px] md:py-1.5! md:whitespace-normal!",
          cell: (row) => (row.kind === "host" ? <SeeEach /> : <AskedCell line={row.line} />),
        },
      ]}
    />
  );
}

/** Names a row among all, as the radio button before it does. */
function keyOf<Line extends UnknownRowLine>(row: TableRow<Line>): string {
  return row.kind === "host" ? `host ${row.host.host}` : row.line.clientId;
}

function HostCell<Line>({ host }: { host: UnknownRowHost<Line> }) {
  return (
    <>
      <span className="font-semibold">{host.host || "No host"}</span>{" "}
      <span className="text-sm font-normal text-ink-3">
        {plural(host.clients, "client")}
        {host.vendor && ` · a domain of ${host.vendor}`}
        {host.clients > host.lines.length && ` · the first ${host.lines.length} below`}
      </span>
    </>
  );
}

/** On a card every cell has its label and must say something. */
function SeeEach() {
  return <span className="text-ink-3 md:hidden">see each client</span>;
}

function ClientCell({ line, member }: { line: UnknownRowLine; member: boolean }) {
  return (
    <span className={member ? "block md:border-l-2 md:border-line md:pl-2.5" : "block"}>
      <span className="block truncate max-md:whitespace-normal">
        <ClientIdText value={line.shownId} />
      </span>
      <span className="flex flex-wrap items-center gap-1 text-sm font-normal text-ink-2">
        {line.name && <span className="truncate">“{line.name}”</span>}
        {line.vendor && <Chip tone="plain">a domain of {line.vendor}</Chip>}
        {line.looksLike && (
          <Chip
            tone="high"
            shape="diamond"
            title={line.looksLike.how}
            className="max-w-full [&]:whitespace-normal"
          >
            looks like {line.looksLike.name}
          </Chip>
        )}
        {!line.canBeClient && (
          <Chip tone="plain" shape="dashed">
            cannot be registered
          </Chip>
        )}
        {line.asideUntil !== null && (
          <Chip tone="plain" shape="ring">
            put aside until seen {line.asideUntil.toLocaleString("en")} times
          </Chip>
        )}
      </span>
    </span>
  );
}

function SeenCell({ line, now }: { line: UnknownRowLine; now: Instant }) {
  const week = line.days.reduce((all, each) => all + each, 0);
  return (
    <>
      <span className="inline-flex items-center gap-2">
        <b className="min-w-8 font-semibold tabular-nums">{week.toLocaleString("en")}</b>
        <SeenDays days={line.days} now={now} />
      </span>
      <span className="block text-sm text-ink-3">
        last <RelativeTime at={line.lastAt} now={now} ago />, first{" "}
        <RelativeTime at={line.firstAt} now={now} ago />
      </span>
    </>
  );
}

function OutcomeCell({ line, serverHref }: { line: UnknownRowLine; serverHref: (server: string) => string }) {
  return (
    <>
      <span className="inline-flex flex-wrap gap-1">
        {line.passed > 0 && (
          <Chip
            tone="hold"
            shape="half"
            title="The server let it pass: it only reports, or admits strangers."
          >
            {line.passed.toLocaleString("en")} let pass
          </Chip>
        )}
        {line.refused > 0 && (
          <Chip tone="plain" shape="cross">
            {line.refused.toLocaleString("en")} refused
          </Chip>
        )}
      </span>
      <span className="block text-sm text-ink-3">
        {line.servers.map((server, place) => (
          <span key={`${server.slug} ${server.name}`}>
            {place > 0 && ", "}
            <Link href={serverHref(server.name)} className="hover:underline">
              {server.name}
            </Link>
          </span>
        ))}
      </span>
    </>
  );
}

function AskedCell({ line }: { line: UnknownRowLine }) {
  const [redirect] = line.redirects;
  const more = line.redirects.length - 1;
  return (
    <>
      {redirect !== undefined && (
        <span
          className="line-clamp-2 font-mono text-[12px] [overflow-wrap:anywhere]"
          title={line.redirects.join("\n")}
        >
          {redirect}
          {more > 0 && ` + ${more}`}
        </span>
      )}
      <span
        className="block truncate text-sm text-ink-3"
        title={[...line.resources, ...line.scopes].join(" ")}
      >
        {line.scopes.length > 0
          ? line.scopes.join(" ")
          : redirect === undefined
            ? "only whether it is listed"
            : "no scope"}
      </span>
    </>
  );
}
