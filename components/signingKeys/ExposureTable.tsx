import type { ExposureState } from "#lib/core/keyExposure.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { Chip, type Tone } from "../Chip.tsx";
import { DataTable } from "../DataTable.tsx";
import { Empty } from "../Empty.tsx";
import { serverPath } from "../paths.ts";
import { RelativeTime } from "../RelativeTime.tsx";
import type { ShapeName } from "../Shape.tsx";

/** One server's line, as the view gives it. */
export interface ExposedServer {
  readonly consumerId: string;
  readonly server: string;
  readonly audience: string;
  readonly slug: string;
  readonly state: ExposureState;
  readonly until: Instant | null;
  readonly reportedAt: Instant | null;
  readonly sentence: string;
}

const looks: Record<ExposureState, readonly [Tone, ShapeName, string]> = {
  forged: ["crit", "triangle", "misled"],
  open: ["stop", "cross", "still accepts it"],
  silent: ["hold", "dashed", "not heard of"],
  passing: ["hold", "half", "runs out"],
  over: ["ok", "tick", "over"],
};

/** Until when each server may accept what a revoked key signs. */
export function ExposureTable({ servers, now }: { servers: readonly ExposedServer[]; now: Instant }) {
  return (
    <DataTable
      caption="Who still accepts the revoked key"
      rows={servers}
      rowKey={(row) => row.consumerId}
      rowHref={(row) => serverPath(row.slug)}
      empty={<Empty title="No server is connected">Nobody can have been misled by this key here.</Empty>}
      columns={[
        {
          key: "server",
          header: "Server",
          cell: (row) => (
            <span>
              <span className="font-medium">{row.server}</span>{" "}
              <span className="text-ink-3">{row.audience}</span>
            </span>
          ),
        },
        {
          key: "state",
          header: "The key",
          cell: (row) => {
            const [tone, shape, word] = looks[row.state];
            return (
              <Chip tone={tone} shape={shape}>
                {word}
              </Chip>
            );
          },
        },
        {
          key: "until",
          header: "At the latest until",
          cell: (row) =>
            row.until === null ? (
              "something is done"
            ) : row.until <= now ? (
              <span className="text-ink-3">
                <RelativeTime at={row.until} now={now} ago />
              </span>
            ) : (
              <RelativeTime at={row.until} now={now} />
            ),
        },
        {
          key: "words",
          header: "Why",
          className: "md:w-1/2 md:py-1.5! md:whitespace-normal!",
          cell: (row) => row.sentence,
        },
      ]}
    />
  );
}
