import { Card } from "#components/Card.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { Chip } from "#components/Chip.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { TextArea } from "#components/TextArea.tsx";
import type { Instant } from "#lib/core/Instant.ts";
import type { BlockedHost } from "#lib/views/sightings/unknownClients.ts";
import { lift } from "./actions.ts";

/** Hosts none of whose clients is admitted anywhere, and who wants that lifted. Nothing while there is none. */
export function BlockedHosts({
  blocked,
  now,
  mayReview,
}: {
  blocked: readonly BlockedHost[];
  now: Instant;
  mayReview: boolean;
}) {
  if (blocked.length === 0) return null;
  return (
    <div id="blocked">
      <Card title="Blocked hosts" note="every list refuses all their clients">
        <DataTable
          caption="Blocked hosts"
          rows={blocked}
          rowKey={({ host }) => host}
          columns={[
            {
              key: "host",
              header: "Host",
              cell: ({ host, liftAskedBy }) => (
                <span className="inline-flex flex-wrap items-center gap-1.5">
                  <b className="font-mono text-[12.6px] font-semibold">{host}</b>
                  {liftAskedBy && (
                    <Chip tone="hold" shape="half">
                      {liftAskedBy} asked to lift it
                    </Chip>
                  )}
                </span>
              ),
            },
            { key: "why", header: "Why", grow: true, cell: ({ reason }) => reason },
            { key: "by", header: "By", cell: ({ by }) => by ?? "a token" },
            {
              key: "at",
              header: "Since",
              numeric: true,
              cell: ({ at }) => <RelativeTime at={at} now={now} />,
            },
            {
              key: "act",
              header: <span className="sr-only">Act</span>,
              label: "",
              className: "md:text-right",
              cell: (each) => mayReview && <Lift blocked={each} />,
            },
          ]}
        />
      </Card>
    </div>
  );
}

function Lift({ blocked }: { blocked: BlockedHost }) {
  const { host, liftAskedBy, liftAskedByMe } = blocked;
  const reason = <TextArea name="reason" label="Why?" hint="One sentence that an auditor will read." />;
  return (
    <span className="inline-flex flex-wrap justify-end gap-1.5 py-1">
      {liftAskedBy !== null && (
        <ActDialog
          action={lift.bind(null, host, true)}
          label="Keep it blocked"
          title={`Keep ${host} blocked`}
          done="It stays blocked"
        >
          {reason}
        </ActDialog>
      )}
      {!liftAskedByMe && (
        <ActDialog
          action={lift.bind(null, host, false)}
          label={liftAskedBy === null ? "Ask to lift" : "Lift it"}
          title={`Lift the block of ${host}`}
          description={
            liftAskedBy === null
              ? "Somebody else has to confirm. Until then every list refuses its clients."
              : "You are the second person: the next release no longer refuses its clients."
          }
          done={liftAskedBy === null ? "Asked: a second person confirms" : "Lifted"}
        >
          {reason}
        </ActDialog>
      )}
    </span>
  );
}
