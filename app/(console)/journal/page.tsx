import Link from "next/link";
import { buttonStyle } from "#components/buttonStyle.ts";
import { Card } from "#components/Card.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { Empty } from "#components/Empty.tsx";
import { journalWords } from "#components/journalWords.ts";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { clientPath, releasePath } from "#components/paths.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { SearchField } from "#components/SearchField.tsx";
import { Segments } from "#components/Segments.tsx";
import { VerifyChain } from "#components/VerifyChain.tsx";
import { journalPage, type JournalLineView } from "#lib/views/log/journalPage.ts";
import { logState, type LogState } from "#lib/views/log/logState.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";
import { verifyChain } from "./actions.ts";

export const metadata = { title: "Journal" };

const areas = [
  ["", "Everything"],
  ["client", "Clients"],
  ["request", "Requests"],
  ["vote", "Votes"],
  ["release", "Releases"],
  ["person", "People"],
  ["token", "Tokens"],
  ["signing_key", "Keys"],
] as const;

type Asked = Record<string, string | undefined>;
type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

export default async function JournalScreen({ searchParams }: { searchParams: Promise<Given> }) {
  await requirePerson();
  const { db, clock } = await context();
  // Written twice in an address, a parameter is a list.
  const asked: Asked = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, [value].flat()[0]]),
  );
  const area = areas.find(([word]) => word !== "" && word === asked["area"])?.[0];
  const text = asked["q"]?.trim().slice(0, 200) || undefined;
  const before = Number(asked["before"]) || undefined;
  const subjectId = asked["subject"];
  const [seen, log] = await Promise.all([
    journalPage(db, clock(), { area, text, before, subjectId }, 100),
    logState(db),
  ]);
  const href = (change: Asked) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ q: text, area, subject: subjectId, ...change }))
      if (value) query.set(name, value);
    return `/journal${query.size > 0 ? `?${query}` : ""}`;
  };
  const filtered = Boolean(area || text || before || subjectId);
  return (
    <Page
      title="Journal"
      actions={
        <>
          <span className="tabular-nums">{seen.total.toLocaleString("en")} lines</span>
          <a href="/journal/export" download className={buttonStyle()}>
            Export JSON lines
          </a>
        </>
      }
    >
      <div data-screen-only="" className="flex flex-wrap gap-2">
        <SearchField
          action="/journal"
          label="Search the journal"
          placeholder="A person, a client_id, a reason …"
          value={text}
          keep={{ area, subject: subjectId }}
        />
        <Segments
          label="Kinds of lines"
          items={areas.map(([word, label]) => ({
            href: href({ area: word, before: undefined }),
            label,
            current: (area ?? "") === word,
          }))}
        />
      </div>
      <div className="grid gap-1.5">
        <VerifyChain action={verifyChain} />
        {log && <LogLine log={log} now={seen.now} />}
      </div>
      <Card>
        {seen.lines.length === 0 ? (
          <Empty
            title={filtered ? "No line matches" : "The journal is empty"}
            actions={filtered && <LinkButton href="/journal">Show everything</LinkButton>}
          >
            {filtered
              ? "Try another word, or look at everything."
              : "Everything that changes trust, people, keys or configuration is written here in the same moment it happens."}
          </Empty>
        ) : (
          <ol reversed start={seen.lines[0]?.seq}>
            {seen.lines.map((line) => (
              <Line key={line.seq} line={line} now={seen.now} />
            ))}
          </ol>
        )}
      </Card>
      {(seen.next !== null || before) && (
        <nav aria-label="Pages" className="flex gap-2">
          {before && <LinkButton href={href({ before: undefined })}>Newest</LinkButton>}
          {seen.next !== null && (
            <LinkButton href={href({ before: String(seen.next) })}>Older lines</LinkButton>
          )}
        </nav>
      )}
    </Page>
  );
}

/** Answered by the machines' door, not by a page. */
const checkpoint = "/v1/log/checkpoint";

/** How far the log is that holds these lines, and how old what it signed. */
function LogLine({ log, now }: { log: LogState; now: number }) {
  return (
    <p className="text-sm text-ink-3">
      The log holds <span className="tabular-nums">{log.size.toLocaleString("en")}</span> lines, heads and key
      sets; its{" "}
      <a href={checkpoint} className="underline underline-offset-2">
        checkpoint
      </a>{" "}
      was signed <RelativeTime at={log.at} now={now} ago />. Every release carries it to the servers.
    </p>
  );
}

function Line({ line, now }: { line: JournalLineView; now: number }) {
  const { subject } = line;
  const href =
    subject.kind === "client"
      ? clientPath(subject.id)
      : subject.kind === "audience"
        ? releasePath(subject.name)
        : undefined;
  return (
    <li className="border-b border-line last:border-0">
      <details className="group">
        <summary
          data-row=""
          className="flex min-h-9 list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-3.5 py-1.5 group-open:bg-sunken hover:bg-sunken md:flex-nowrap"
        >
          <span className="w-10 shrink-0 font-mono text-xs text-ink-3 tabular-nums">{line.seq}</span>
          <span className="shrink-0">
            <b className="font-medium">{line.actor.name}</b> {journalWords(line.action)}
          </span>
          <span className="min-w-0 text-ink-2 max-md:basis-full md:truncate">
            {subject.kind === "client" ? <ClientIdText value={subject.name} /> : subject.name}
          </span>
          <span className="min-w-0 flex-1 truncate text-sm text-ink-3">{line.note}</span>
          <span className="ml-auto shrink-0 text-sm text-ink-3">
            <RelativeTime at={line.at} now={now} />
          </span>
        </summary>
        <div className="grid gap-2 border-t border-line bg-sunken px-3.5 py-3">
          {href && (
            <p className="text-sm">
              <Link href={href} className="underline underline-offset-2">
                Open {subject.name}
              </Link>
            </p>
          )}
          <pre
            tabIndex={0}
            aria-label={`Line ${line.seq}, the bytes that were hashed`}
            className="font-mono text-[12px] [overflow-wrap:anywhere] whitespace-pre-wrap"
          >
            {line.bytes}
          </pre>
          <p className="text-xs text-ink-3">
            SHA-256 <code className="[overflow-wrap:anywhere]">{line.hash}</code>
          </p>
        </div>
      </details>
    </li>
  );
}
