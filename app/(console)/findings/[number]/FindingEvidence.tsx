import Link from "next/link";
import type { ReactNode } from "react";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { DiffLines } from "#components/DiffLines.tsx";
import { FindingStateChip } from "#components/finding/FindingStateChip.tsx";
import { Owners } from "#components/finding/FindingsTable.tsx";
import { journalWords } from "#components/journalWords.ts";
import { LinkButton } from "#components/LinkButton.tsx";
import { clientPath, findingPath, reviewPath, rulePath } from "#components/paths.ts";
import { plural } from "#components/plural.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import type { FindingScreen } from "#lib/views/findings/findingScreen.ts";

/** What was found, why it matters, what to do, and what happened since. */
export function FindingEvidence({
  screen,
  hrefOf,
}: {
  screen: FindingScreen;
  hrefOf: (number: number) => string;
}) {
  const { line } = screen;
  const settled = line.settledAt !== null;
  return (
    <>
      {screen.parent !== null && (
        <Banner
          tone="info"
          title="Many clients of this host have the same cause."
          actions={<Link href={findingPath(screen.parent)}>Open F-{screen.parent}</Link>}
        >
          One finding about the host speaks for all of them: act on that one.
        </Banner>
      )}
      <Card title="What was found">
        <div className="grid gap-2.5 px-3.5 py-3">
          <p className="max-w-[76ch] font-medium [overflow-wrap:anywhere]">{line.message}</p>
          {screen.rationale && <p className="max-w-[76ch] text-ink-2">{screen.rationale}</p>}
          {screen.values.length > 0 && (
            <div className="grid gap-1">
              {screen.path && <code className="[overflow-wrap:anywhere] text-ink-3">{screen.path}</code>}
              <DiffLines label="Before and after" lines={screen.values} />
            </div>
          )}
          <p className="text-sm text-ink-3">
            <Link href={rulePath(line.rule)} className="underline underline-offset-2 hover:text-ink">
              <code>{line.rule}</code>
            </Link>
            {screen.clause && ` · ${screen.clause}`}
          </p>
        </div>
      </Card>
      <Card title={settled ? "Where to look" : "What to do"}>
        <div className="grid gap-3 px-3.5 py-3">
          {!settled && (
            <ol className="grid list-decimal gap-1 pl-4.5">
              {screen.advice.map((sentence) => (
                <li key={sentence} className="max-w-[76ch]">
                  {sentence}
                </li>
              ))}
            </ol>
          )}
          <div className="flex flex-wrap gap-2">
            {screen.openRequest !== null && (
              <LinkButton href={reviewPath(screen.openRequest)} hotkey="v">
                Review request {screen.openRequest}
              </LinkButton>
            )}
            {screen.client && (
              <>
                <LinkButton href={clientPath(screen.client.id)} hotkey="o">
                  Open the client
                </LinkButton>
                <LinkButton href={`${clientPath(screen.client.id)}/document`}>Its document</LinkButton>
              </>
            )}
            <LinkButton href={rulePath(line.rule)}>The rule</LinkButton>
          </div>
        </div>
      </Card>
      {screen.memberLines.length > 0 && <Members screen={screen} hrefOf={hrefOf} />}
      {screen.history.length > 0 && <History screen={screen} />}
    </>
  );
}

function Members({ screen, hrefOf }: { screen: FindingScreen; hrefOf: (number: number) => string }) {
  const { line, memberLines, now } = screen;
  const all = plural(line.members, "client");
  return (
    <Card
      title="Clients it speaks for"
      note={memberLines.length < line.members ? `${memberLines.length} of ${all}` : all}
    >
      <DataTable
        caption="Clients it speaks for"
        rows={memberLines}
        rowKey={(row) => String(row.number)}
        rowHref={(row) => hrefOf(row.number)}
        columns={[
          { key: "name", header: "Client", cell: (row) => row.client?.name ?? row.host },
          {
            key: "id",
            header: "client_id",
            grow: true,
            cell: (row) => row.client && <ClientIdText value={row.client.clientId} />,
          },
          { key: "owner", header: "Owner team", cell: (row) => <Owners names={row.owners} /> },
          { key: "state", header: "State", cell: (row) => <FindingStateChip state={row.state} /> },
          {
            key: "age",
            header: "Age",
            numeric: true,
            cell: (row) => <RelativeTime at={row.since} now={now} />,
          },
        ]}
      />
    </Card>
  );
}

function History({ screen }: { screen: FindingScreen }) {
  const { history, now } = screen;
  return (
    <Card title="History" note={plural(history.length, "line")}>
      <DataTable
        caption="History"
        rows={history}
        rowKey={(row) => String(row.seq)}
        columns={[
          { key: "at", header: "When", cell: (row) => <RelativeTime at={row.at} now={now} ago /> },
          { key: "who", header: "Who", cell: (row) => row.who },
          { key: "what", header: "What", cell: (row) => `${journalWords(row.action)} it` },
          {
            key: "note",
            header: "Why",
            className: "md:w-1/2 md:min-w-[200px] md:py-1.5! md:whitespace-normal!",
            cell: (row): ReactNode => row.note ?? "—",
          },
        ]}
      />
    </Card>
  );
}
