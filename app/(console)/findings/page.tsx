import type { Metadata } from "next";
import Form from "next/form";
import type { ReactNode } from "react";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { FilterHelp } from "#components/clients/FilterHelp.tsx";
import { FilterInput } from "#components/clients/FilterInput.tsx";
import { Pager } from "#components/clients/Pager.tsx";
import { Empty } from "#components/Empty.tsx";
import { FindingCards, type CardColumn } from "#components/finding/FindingCards.tsx";
import { FindingsTable } from "#components/finding/FindingsTable.tsx";
import { TriageList } from "#components/finding/TriageList.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { Segments } from "#components/Segments.tsx";
import type { PersonActor } from "#lib/core/Actor.ts";
import { findingFilterKinds, parseFindingFilter } from "#lib/core/findingFilter/parseFindingFilter.ts";
import {
  findingBoard,
  findingPage,
  type FindingCounts,
  type FindingPage,
  type FindingSort,
} from "#lib/views/findings/findingBoard.ts";
import { findingAssignees } from "#lib/views/findings/findingScreen.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";
import { triage } from "./actions.ts";
import { filterWords } from "./filterWords.ts";
import {
  boardSize,
  findingHref,
  findingsHref,
  pageSize,
  readFindingQuery,
  type FindingQuery,
  type Params,
} from "./findingQuery.ts";

export const metadata: Metadata = { title: "Findings" };

export default async function FindingsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const person = await requirePerson();
  const query = readFindingQuery(await searchParams);
  const { filter, faults } = parseFindingFilter(query.q);
  const { db, clock } = await context();
  const ask = { filter, order: query.order };
  const board =
    query.view === "board"
      ? await findingBoard(db, clock(), person, { ...ask, limit: boardSize })
      : undefined;
  const list = board
    ? undefined
    : await findingPage(db, clock(), person, {
        ...ask,
        offset: (query.page - 1) * pageSize,
        limit: pageSize,
      });
  const { now, counts } = board ?? list!;
  const lines = board ? board.columns.flatMap((column) => column.lines) : list!.lines;
  const first = lines[0]?.number;
  return (
    <Page
      title="Findings"
      actions={
        <>
          {list && list.matching > 0 && (
            <>
              <LinkButton href={exported(query, "csv")} prefetch={false} download>
                CSV
              </LinkButton>
              <LinkButton href={exported(query, "json")} prefetch={false} download>
                JSON
              </LinkButton>
            </>
          )}
          {first !== undefined && (
            <LinkButton href={findingHref(query, first)} variant="primary" hotkey="n">
              Next
            </LinkButton>
          )}
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <Form action="/findings" role="search" className="flex min-w-0 flex-1 basis-[320px] gap-2">
          <FilterInput
            value={query.q}
            kinds={findingFilterKinds}
            label="Filter findings"
            placeholder="Sentence, host, F-12, or severity:critical owner:mine is:overdue …"
          />
          {query.view === "board" && <input type="hidden" name="view" value="board" />}
          <button type="submit" className="sr-only">
            Filter
          </button>
        </Form>
        <FilterHelp {...filterWords} />
        <Segments
          label="View"
          items={(["list", "board"] as const).map((view) => ({
            href: findingsHref(query, { view }),
            label: view === "list" ? "List" : "Board",
            current: query.view === view,
          }))}
        />
        <Segments label="Ready-made filters" items={segments(query, counts)} />
      </div>
      {faults.length > 0 && (
        <Banner tone="hold" title="Part of the filter was left out.">
          {faults.map((fault) => fault.sentence).join(" ")}
        </Banner>
      )}
      <Acts person={person} lines={lines} now={now} floating={board !== undefined}>
        {board && <Board columns={board.columns} query={query} now={now} />}
        {list && (
          <FindingsTable
            caption="Findings"
            rows={list.lines}
            now={now}
            hrefOf={(number) => findingHref(query, number)}
            sort={{ ...query.order, href: (by) => findingsHref(query, { by: by as FindingSort }) }}
            selects
            empty={<NoFindings list={list} query={query} />}
          />
        )}
      </Acts>
      {list && list.lines.length > 0 && <Foot list={list} query={query} />}
    </Page>
  );
}

/** Auditors read; everybody else also acts, as far as each finding allows it. */
async function Acts(props: {
  person: PersonActor;
  lines: FindingPage["lines"];
  now: number;
  floating: boolean;
  children: ReactNode;
}) {
  const { person, lines, now, floating, children } = props;
  const framed = (inner: ReactNode) => (floating ? inner : <Card>{inner}</Card>);
  if (person.role === "auditor" || lines.length === 0) return framed(children);
  const { db, config } = await context();
  return framed(
    <TriageList
      floating={floating}
      triage={triage}
      people={await findingAssignees(db)}
      me={person.id}
      twoPeople={!config.solo}
      now={now}
      findings={lines.map(({ number, severity, message, state }) => ({ number, severity, message, state }))}
    >
      {children}
    </TriageList>,
  );
}

function Board(props: { columns: readonly CardColumn[]; query: FindingQuery; now: number }) {
  const { columns, query, now } = props;
  const words = { open: "state:open", acknowledged: "state:acknowledged", snoozed: "state:snoozed" };
  return (
    <FindingCards
      columns={columns}
      now={now}
      hrefOf={(number) => findingHref(query, number)}
      allHref={(key) =>
        findingsHref(query, {
          view: "list",
          q: [query.q, key === "proposed" ? "is:proposed state:open,acknowledged,snoozed" : words[key]]
            .filter(Boolean)
            .join(" "),
        })
      }
    />
  );
}

function Foot({ list, query }: { list: FindingPage; query: FindingQuery }) {
  const offset = (query.page - 1) * pageSize;
  const last = offset + list.lines.length;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-0.5">
      <Pager
        noun="finding"
        from={offset + 1}
        to={last}
        of={list.matching}
        previous={query.page > 1 ? findingsHref(query, { page: query.page - 1 }) : undefined}
        next={last < list.matching ? findingsHref(query, { page: query.page + 1 }) : undefined}
      />
      <p className="ml-auto text-sm text-ink-3 max-md:hidden" data-screen-only="">
        <Kbd>j</Kbd> <Kbd>k</Kbd> move · <Kbd>x</Kbd> select · <Kbd>o</Kbd> open · <Kbd>/</Kbd> filter ·{" "}
        <Kbd>?</Kbd> all keys
      </p>
    </div>
  );
}

function exported(query: FindingQuery, format: string): string {
  const params = new URLSearchParams({ format });
  if (query.q) params.set("q", query.q);
  return `/findings/export?${params}`;
}

function segments(query: FindingQuery, counts: FindingCounts) {
  const item = (label: string, q: string, count?: number) => ({
    href: findingsHref(query, { q }),
    label,
    ...(count === undefined ? {} : { count }),
    current: query.q.trim() === q,
  });
  return [
    item("Waiting", "", counts.waiting),
    item("Mine", "assignee:me", counts.mine),
    item("My teams", "owner:mine", counts.ofMyTeams),
    item("Nobody’s", "assignee:none", counts.unassigned),
    item("Overdue", "is:overdue", counts.overdue),
    item("Second person", "is:proposed state:open,acknowledged,snoozed", counts.proposed),
    ...(query.view === "list"
      ? [item("Snoozed", "state:snoozed", counts.snoozed), item("Settled", "state:dismissed,waived,resolved")]
      : []),
  ];
}

function NoFindings({ list, query }: { list: FindingPage; query: FindingQuery }) {
  if (list.matching > 0)
    return (
      <Empty
        title="The list ends before this page"
        actions={<LinkButton href={findingsHref(query, {})}>Go to the first page</LinkButton>}
      />
    );
  if (query.q === "" && list.counts.waiting === 0)
    return (
      <Empty
        title="Nothing waits for triage"
        actions={
          <>
            <LinkButton href={findingsHref(query, { q: "state:any" })}>Show what was settled</LinkButton>
            <LinkButton href="/rules">Look at the rules</LinkButton>
          </>
        }
      >
        When a document changes for the worse, cannot be read, or its keys grow old, it appears here by
        itself, with the time there is to deal with it.
      </Empty>
    );
  return (
    <Empty
      title="No finding matches this filter"
      actions={<LinkButton href={findingsHref(query, { q: "" })}>Show what waits</LinkButton>}
    >
      Take a word away, or look through every state with state:any.
    </Empty>
  );
}
