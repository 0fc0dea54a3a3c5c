import { Card } from "#components/Card.tsx";
import { dismissWords } from "#components/finding/findingWords.ts";
import { TimeLeft } from "#components/finding/TimeLeft.tsx";
import { TriageButtons } from "#components/finding/TriageButtons.tsx";
import { Owners } from "#components/finding/FindingsTable.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { dayOf, relativeTime } from "#components/time.ts";
import { findingAssignees, type FindingScreen } from "#lib/views/findings/findingScreen.ts";
import { context } from "../../../context.ts";
import { triage } from "../actions.ts";

/** The decision beside the evidence: what can be done, who it takes, whose it is and how long there is left. */
export function FindingSide({ screen, me }: { screen: FindingScreen; me: string }) {
  return (
    <aside
      aria-label="Decision"
      className="grid gap-3 lg:sticky lg:top-[66px] lg:max-h-[calc(100dvh-80px)] lg:overflow-y-auto"
    >
      {screen.proposal && <Proposal screen={screen} />}
      <Decide screen={screen} me={me} />
      {screen.record.decision && screen.line.state !== "open" && <Decided screen={screen} />}
      <Whose screen={screen} />
    </aside>
  );
}

async function Decide({ screen, me }: { screen: FindingScreen; me: string }) {
  const { line, may, now } = screen;
  const { db } = await context();
  return (
    <Card
      title={may.length > 0 ? "Decide" : line.state === "resolved" ? "Resolved" : "Not yours to decide"}
      padded
    >
      <div className="grid gap-2.5">
        {may.length > 0 && (
          <TriageButtons
            key={line.number}
            triage={triage}
            people={await findingAssignees(db)}
            me={me}
            twoPeople={screen.twoPeople}
            now={now}
            finding={line}
            revision={line.revision}
            may={may}
          />
        )}
        {screen.obstacle && <p className="text-sm text-ink-2">{screen.obstacle}</p>}
        {line.state === "resolved" && (
          <p className="text-sm text-ink-2">
            Its cause is gone
            {screen.resolvedAt === null ? "" : ` since ${relativeTime(screen.resolvedAt, now)}`}. Should it
            return within 30 days, this finding opens again.
          </p>
        )}
        {screen.twoPeople && may.includes("dismiss") && (
          <p className="text-xs text-ink-3">
            It is {line.severity}: to dismiss or waive it takes two people. The first proposes, a reviewer or
            administrator who is somebody else confirms.
          </p>
        )}
      </div>
    </Card>
  );
}

function Proposal({ screen }: { screen: FindingScreen }) {
  const { proposal: proposed } = screen;
  if (!proposed) return null;
  const dismissal = proposed.kind === "dismiss";
  return (
    <Card title={dismissal ? "Dismissal proposed" : "Waiver proposed"} padded>
      <KeyValue
        rows={[
          ["By", proposed.byName ?? "somebody"],
          ["When", <RelativeTime key="w" at={proposed.at} now={screen.now} ago />],
          ["Reason", proposed.kind === "dismiss" ? dismissWords[proposed.reason][0] : null],
          ["Control", proposed.kind === "waive" ? proposed.control : null],
          ["Until", proposed.kind === "waive" ? dayOf(proposed.until) : null],
          ["Why", proposed.note || null],
        ]}
      />
    </Card>
  );
}

function Decided({ screen }: { screen: FindingScreen }) {
  const { decision } = screen.record;
  if (!decision) return null;
  const { due } = screen.line;
  return (
    <Card title="Decided" padded>
      <KeyValue
        rows={[
          ["By", decision.by],
          ["Confirmed by", decision.confirmedBy],
          ["When", decision.at === null ? null : dayOf(decision.at)],
          ["Reason", decision.reason && dismissWords[decision.reason][0]],
          ["Control", decision.control],
          ["Until", due?.what === "renew" ? dayOf(due.at) : null],
          ["Why", decision.note],
        ]}
      />
    </Card>
  );
}

function Whose({ screen }: { screen: FindingScreen }) {
  const { line, record, now } = screen;
  return (
    <Card title="Whose it is" padded>
      <KeyValue
        rows={[
          ["Owner team", <Owners key="o" names={line.owners} />],
          ["Assignee", line.assignee?.name ?? "nobody"],
          [
            "Time left",
            line.due || line.untilChange ? (
              <TimeLeft key="t" due={line.due} untilChange={line.untilChange} now={now} />
            ) : null,
          ],
          [
            "Acknowledged",
            record.acknowledgedAt === null
              ? null
              : `${relativeTime(record.acknowledgedAt, now, true)}${record.acknowledgedBy ? ` by ${record.acknowledgedBy}` : ""}`,
          ],
          ["First seen", <RelativeTime key="f" at={line.firstSeenAt} now={now} ago />],
          ["Last seen", <RelativeTime key="l" at={line.lastSeenAt} now={now} ago />],
          [
            "Came back",
            line.regressions > 0 ? (line.regressions === 1 ? "once" : `${line.regressions} times`) : null,
          ],
        ]}
      />
    </Card>
  );
}
