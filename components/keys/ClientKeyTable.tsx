import Link from "next/link";
import type { Instant } from "#lib/core/Instant.ts";
import type { KeyState } from "#lib/core/keyTimeline/keyState.ts";
import type { TimelineLine } from "#lib/core/keyTimeline/keyTimeline.ts";
import { Chip } from "../Chip.tsx";
import { DataTable } from "../DataTable.tsx";
import { RelativeTime } from "../RelativeTime.tsx";
import { KeyStateChip } from "./KeyStateChip.tsx";

export interface ClientKeyRow {
  readonly jkt: string | null;
  readonly kid: string | null;
  readonly kind: string;
  readonly alg: string | null;
  readonly use: string | null;
  readonly leaking: readonly string[];
  readonly inLive: boolean;
  readonly inApproved: boolean;
  readonly firstSeenAt: Instant | null;
  readonly removedAt: Instant | null;
  readonly line: TimelineLine | null;
  readonly state: KeyState | null;
  readonly sharedWith: readonly { id: string; clientId: string }[];
}

/** The keys of one client: what each is, whether servers may use it, and what became of it. */
export function ClientKeyTable({ rows, now }: { rows: readonly ClientKeyRow[]; now: Instant }) {
  const time = (at: Instant | null) => (at === null ? "—" : <RelativeTime at={at} now={now} />);
  return (
    <DataTable
      caption="Keys"
      rows={rows}
      rowKey={(row) => row.jkt ?? `${row.kid} ${row.kind}`}
      columns={[
        {
          key: "jkt",
          header: "Key, by thumbprint (RFC 7638)",
          className: "lg:min-w-[345px] md:py-1.5! md:whitespace-normal!",
          cell: (row) => (
            <>
              <span className="block">
                {row.kid ? (
                  <code className="font-semibold">{row.kid}</code>
                ) : (
                  <span className="text-ink-3">no kid</span>
                )}{" "}
                <span className="text-sm text-ink-3">
                  {[
                    row.line?.lastSeenAt === null ? "" : row.kind,
                    row.alg,
                    row.use && row.use !== "sig" && `use ${row.use}`,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              {row.jkt === null ? (
                <span className="text-ink-3">no thumbprint: the key is not usable</span>
              ) : (
                <code className="break-all text-ink-2">{row.jkt}</code>
              )}
            </>
          ),
        },
        { key: "force", header: "In force", cell: (row) => <ForceChip row={row} /> },
        {
          key: "state",
          header: "Rotation",
          cell: (row) => (row.state === null ? "—" : <KeyStateChip state={row.state} />),
        },
        { key: "seen", header: "First seen", numeric: true, cell: (row) => time(row.firstSeenAt) },
        { key: "gone", header: "Left", numeric: true, cell: (row) => time(row.removedAt) },
        {
          key: "words",
          header: "What became of it",
          className: "md:min-w-[200px] md:w-2/5 md:py-1.5! md:whitespace-normal!",
          cell: (row) => (
            <>
              {row.line?.words ?? "It has no thumbprint, so it cannot be followed."}
              {row.sharedWith.map((other) => (
                <span key={other.id} className="block [overflow-wrap:anywhere] text-high">
                  Also a key of{" "}
                  <Link href={`/clients/${other.id}/keys`} className="underline underline-offset-2">
                    {other.clientId}
                  </Link>
                  .
                </span>
              ))}
            </>
          ),
        },
      ]}
    />
  );
}

function ForceChip({ row }: { row: ClientKeyRow }) {
  if (row.leaking.length > 0)
    return (
      <Chip tone="crit" shape="triangle">
        private half published
      </Chip>
    );
  if (row.line?.leakedAt != null)
    return (
      <Chip tone="crit" shape="cross">
        refused: leaked
      </Chip>
    );
  if (row.line !== null && row.line.lastSeenAt === null)
    return (
      <Chip tone="plain" shape="dashed">
        not there yet
      </Chip>
    );
  if (row.inLive && row.inApproved)
    return (
      <Chip tone="ok" shape="tick">
        approved and live
      </Chip>
    );
  return row.inLive ? (
    <Chip tone="hold" shape="half">
      live, not approved
    </Chip>
  ) : (
    <Chip tone="plain" shape="minus">
      gone
    </Chip>
  );
}
