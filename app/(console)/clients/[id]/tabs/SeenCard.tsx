import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { plural } from "#components/plural.ts";
import { SeenDays } from "#components/unknown/SeenDays.tsx";
import type { Instant } from "#lib/core/Instant.ts";
import type { ClientSightings } from "#lib/views/clients/clientSightings.ts";

/** How often servers were asked about a client in a week, in which ways, and what the list said. Nothing when it was not. */
export function SeenCard({ seen, now }: { seen: ClientSightings; now: Instant }) {
  if (seen.ways.length === 0) return null;
  return (
    <Card
      title="Seen in 7 days"
      note={`${plural(seen.total, "question")}${seen.more > 0 ? `; ${plural(seen.more, "rarer way")} left out` : ""}`}
      actions={<SeenDays days={seen.days} now={now} />}
    >
      <DataTable
        caption="What servers were asked about this client"
        stickyTop="top-0"
        rows={seen.ways}
        rowKey={({ redirect, scopes }) => `${redirect} ${scopes.join(" ")}`}
        columns={[
          {
            key: "redirect",
            header: "Redirect",
            grow: true,
            cell: ({ redirect }) =>
              redirect === null ? "—" : <span className="font-mono text-[12.3px]">{redirect}</span>,
          },
          { key: "scopes", header: "Scopes", cell: ({ scopes }) => scopes.join(" ") || "—" },
          { key: "servers", header: "Servers", cell: ({ servers }) => servers.join(", ") },
          {
            key: "passed",
            header: "Let pass",
            numeric: true,
            cell: ({ passed }) => passed.toLocaleString("en"),
          },
          {
            key: "refused",
            header: "Refused",
            numeric: true,
            cell: ({ refused }) => refused.toLocaleString("en"),
          },
          {
            key: "reasons",
            header: "The list says",
            cell: ({ reasons }) =>
              reasons.length === 0 ? (
                <Chip tone="ok" shape="tick">
                  approved
                </Chip>
              ) : (
                reasons.map(([code, times]) => `${code.replaceAll("_", " ")} ${times}`).join(", ")
              ),
          },
        ]}
      />
    </Card>
  );
}
