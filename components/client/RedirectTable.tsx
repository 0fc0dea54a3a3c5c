import { visibleText } from "#lib/core/document/visibleText.ts";
import { redirectClassWords } from "#lib/core/explain/countRedirects.ts";
import type { ExplainedRedirect } from "#lib/core/explain/ExplainedRedirect.ts";
import { Chip, type Tone } from "../Chip.tsx";
import { ClientIdText } from "../ClientIdText.tsx";
import { DataTable } from "../DataTable.tsx";
import type { ShapeName } from "../Shape.tsx";

export interface RedirectRow extends ExplainedRedirect {
  readonly live: boolean;
  readonly approved: boolean;
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

/** Every callback, where it goes, how it is compared, and whether it is in force: approved and live. */
export function RedirectTable({ rows }: { rows: readonly RedirectRow[] }) {
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
                live, not approved
              </Chip>
            ) : (
              <Chip tone="stop" shape="minus">
                gone from the document
              </Chip>
            ),
        },
      ]}
      rows={rows}
      rowKey={(row) => row.uri}
    />
  );
}
