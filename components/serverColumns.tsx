import type { Instant } from "#lib/core/Instant.ts";
import type { Column } from "./DataTable.tsx";
import { RelativeTime } from "./RelativeTime.tsx";
import { ServerConditionChip, type ServerCondition } from "./ServerConditionChip.tsx";
import { duration } from "./time.ts";

export interface ServerRow {
  name: string;
  condition: ServerCondition;
  sentence: string;
  rev: number | null;
  behind: number;
  behindSince: Instant | null;
  pickedUpIn: number | null;
  reportedAt: Instant | null;
  pulledAt: Instant | null;
  instances: number;
  enforcement: "enforce" | "report_only" | null;
}

/** What a server runs, how far behind it is and when it last spoke. */
export function serverColumns(now: Instant): Column<ServerRow>[] {
  return [
    { key: "name", header: "Server", cell: (it) => it.name },
    {
      key: "condition",
      header: "State",
      cell: (it) => <ServerConditionChip condition={it.condition} behind={it.behind} />,
    },
    {
      key: "rev",
      header: "Runs release",
      numeric: true,
      cell: (it) => it.rev ?? <span className="text-ink-3">not known</span>,
    },
    {
      key: "lag",
      header: "Lag",
      numeric: true,
      cell: (it) =>
        it.behindSince !== null ? (
          <RelativeTime at={it.behindSince} now={now} />
        ) : it.pickedUpIn !== null ? (
          `picked up in ${duration(it.pickedUpIn)}`
        ) : (
          "–"
        ),
    },
    {
      key: "enforcement",
      header: "Does",
      from: "lg",
      cell: (it) =>
        it.enforcement === null ? "–" : it.enforcement === "enforce" ? "enforces" : "only reports",
    },
    {
      key: "sentence",
      header: "In words",
      grow: true,
      from: "xl",
      cell: (it) => <span className="text-ink-2">{it.sentence}</span>,
    },
    {
      key: "pulled",
      header: "Last pull",
      cell: (it) => (it.pulledAt === null ? "never" : <RelativeTime at={it.pulledAt} now={now} ago />),
    },
    {
      key: "reported",
      header: "Last report",
      cell: (it) => (it.reportedAt === null ? "never" : <RelativeTime at={it.reportedAt} now={now} ago />),
    },
  ];
}
