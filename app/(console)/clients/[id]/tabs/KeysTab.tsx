import { Card } from "#components/Card.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { Empty } from "#components/Empty.tsx";
import { AnnounceFields } from "#components/keys/AnnounceFields.tsx";
import { AnnouncementList } from "#components/keys/AnnouncementList.tsx";
import { ClientKeyTable } from "#components/keys/ClientKeyTable.tsx";
import { KeyTimeline } from "#components/keys/KeyTimeline.tsx";
import { plural } from "#components/plural.ts";
import { day } from "#lib/core/Instant.ts";
import { spanText } from "#lib/core/keyTimeline/timeWords.ts";
import { may } from "#lib/core/may.ts";
import { clientKeys, type ClientKeys } from "#lib/views/clients/clientKeys.ts";
import { context } from "../../../../context.ts";
import { requirePerson } from "../../../../session.ts";
import { announce, confirm, withdraw } from "../keyActions.ts";
import type { TabProps } from "./TabProps.ts";

/** Every key it ever published, over time and by thumbprint, and what its owner announced. */
export async function KeysTab({ client }: TabProps) {
  const ctx = await context();
  const found = await clientKeys(ctx.db, client.now, client.id);
  const { timeline, keys, announcements } = found;
  const reviews = may(await requirePerson(), "review");
  const steward = client.acts.some(({ key, obstacle }) => key === "edit" && obstacle === undefined);
  const announceDialog = steward && (
    <ActDialog
      action={announce.bind(null, client.id)}
      label="Announce a key"
      hotkey="n"
      title="Announce the next key"
      description="Once a second person has confirmed it nobody is asked when the key appears. If it has not come by that day, that is a finding."
      done="Announced"
    >
      <AnnounceFields day={new Date(client.now + 14 * day).toISOString().slice(0, 10)} />
    </ActDialog>
  );
  if (keys.length === 0)
    return (
      <Card title="Keys" actions={announceDialog}>
        <Empty title="It publishes no keys">
          A client without keys does not authenticate itself: only PKCE ties a code to the program that asked.
        </Empty>
      </Card>
    );
  return (
    <div className="grid gap-3.5">
      <Card title="Keys over time" note={noteOf(found)} actions={announceDialog}>
        {timeline.lines.length > 0 && <KeyTimeline {...timeline} now={client.now} bare />}
        <div className="border-t border-line">
          <ClientKeyTable rows={keys} now={client.now} />
        </div>
        <p className="border-t border-line px-3.5 py-2 text-sm text-ink-3">
          {found.source === null
            ? "The live document names no keys."
            : found.source === "inline"
              ? "The keys are inside the document."
              : `The keys are at ${found.source}.`}{" "}
          A key may go when its successor has been visible for {spanText(found.overlap)}: no cache that was
          ever seen keeps a key set longer.
        </p>
      </Card>
      <Card title="Announcements" note={announcements.length > 0 ? String(announcements.length) : undefined}>
        {announcements.length > 0 ? (
          <AnnouncementList
            rows={announcements}
            now={client.now}
            act={
              steward
                ? (row) =>
                    (row.state === "waiting" || row.state === "missed") && (
                      <span className="inline-flex gap-2">
                        {row.state === "waiting" && row.confirmedBy === null && reviews && (
                          <ActDialog
                            action={confirm.bind(null, row.id)}
                            label="Confirm"
                            title="Confirm the announcement"
                            description="Ask whoever announced it, by another way than this page, whether this is their next key. When it appears it counts at once."
                            done="Confirmed"
                          >
                            <p className="font-mono text-sm [overflow-wrap:anywhere]">{row.jkt}</p>
                          </ActDialog>
                        )}
                        <ActDialog
                          action={withdraw.bind(null, row.id)}
                          label="Withdraw"
                          title="Withdraw the announcement"
                          description="If the key appears after all it is growth like any other and waits for a decision."
                          done="Withdrawn"
                        >
                          <p className="font-mono text-sm [overflow-wrap:anywhere]">{row.jkt}</p>
                        </ActDialog>
                      </span>
                    )
                : undefined
            }
          />
        ) : (
          <Empty title="No rotation was announced">
            An owner who names the next key beforehand spares everybody the question whether it is theirs.
          </Empty>
        )}
      </Card>
    </div>
  );
}

function noteOf({ keys, timeline }: ClientKeys): string {
  const live = keys.filter(({ inLive }) => inLive).length;
  const missed = timeline.overlaps.filter((each) => each.missed).length;
  return [`${plural(live, "key")} live`, missed > 0 && `${plural(missed, "overlap")} missing`]
    .filter(Boolean)
    .join(", ");
}
