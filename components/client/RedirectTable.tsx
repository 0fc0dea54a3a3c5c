import { visibleText } from "#lib/core/document/visibleText.ts";
import { redirectClassWords } from "#lib/core/explain/countRedirects.ts";
import type { ExplainedRedirect } from "#lib/core/explain/ExplainedRedirect.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { Chip, type Tone } from "../Chip.tsx";
import { ClientIdText } from "../ClientIdText.tsx";
import { DataTable, type Column } from "../DataTable.tsx";
import { RelativeTime } from "../RelativeTime.tsx";
import type { ShapeName } from "../Shape.tsx";

export interface RedirectRow extends ExplainedRedirect {
  readonly live: boolean;
  readonly approved: boolean;
  /** People decided against it. */
  readonly leftOut?: boolean;
  readonly firstSeenAt?: Instant | null;
  readonly liveSince?: Instant | null;
  readonly leftAt?: Instant | null;
  readonly approvedSince?: Instant | null;
  readonly returns?: number;
}

const looks: Record<string, readonly [Tone, ShapeName]> = {
  same_host: ["ok", "dot"],
  same_site: ["ok", "ring"],
  loopback: ["med", "square"],
  private_scheme: ["high", "diamond"],
  shared_host: ["high", "diamond"],
  other_site: ["crit", "triangle"],
};

/** The class of a redirect as a chip: the further from its owner, the sharper the sign. */
export function RedirectChip({ kind }: { kind: string }) {
  const [tone, shape] = looks[kind] ?? ["crit", "cross"];
  return (
    <Chip tone={tone} shape={shape}>
      {redirectClassWords(kind)}
    </Chip>
  );
}

/**
 * Every callback, where it goes, how it is compared, and whether it is in force: approved and live. With `now` also since
 * when.
 */
export function RedirectTable({ rows, now }: { rows: readonly RedirectRow[]; now?: Instant }) {
  return (
    <DataTable
      caption="Redirect URIs"
      columns={[
        {
          key: "uri",
          header: "redirect_uri",
          className: "md:w-1/2 md:min-w-[220px] md:py-1.5! md:whitespace-normal!",
          cell: (row) => <ClientIdText value={visibleText(row.uri, 2_048)} wrap />,
        },
        { key: "class", header: "Goes to", cell: (row) => <RedirectChip kind={row.class} /> },
        {
          key: "words",
          header: "In words",
          from: "xl",
          cell: (row) => <span className="text-ink-2">{row.words}</span>,
        },
        {
          key: "match",
          header: "Compared",
          cell: (row) => (row.match === "loopback_any_port" ? "any port, rest exact" : "letter for letter"),
        },
        {
          key: "state",
          header: "In force",
          cell: (row) =>
            row.approved && row.live ? (
              <Chip tone="ok" shape="tick">
                approved and live
              </Chip>
            ) : row.live ? (
              <Chip tone="hold" shape="half">
                {row.leftOut ? "live, left out" : "live, not approved"}
              </Chip>
            ) : row.approved ? (
              <Chip tone="stop" shape="minus">
                gone from the document
              </Chip>
            ) : (
              <Chip tone="plain" shape="minus">
                gone
              </Chip>
            ),
        },
        ...(now === undefined ? [] : times(now)),
      ]}
      rows={rows}
      rowKey={(row) => row.uri}
    />
  );
}

function times(now: Instant): readonly Column<RedirectRow>[] {
  const time = (at: Instant | null | undefined) => (at == null ? "—" : <RelativeTime at={at} now={now} />);
  return [
    {
      key: "live",
      header: "Live since",
      numeric: true,
      cell: (row) => (
        <>
          {time(row.liveSince)}
          {(row.returns ?? 0) > 0 && <span className="ml-1 text-high">came back</span>}
        </>
      ),
    },
    { key: "approved", header: "Approved since", numeric: true, cell: (row) => time(row.approvedSince) },
    { key: "left", header: "Left", numeric: true, from: "lg", cell: (row) => time(row.leftAt) },
  ];
}
