import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Chip } from "#components/Chip.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { FindingStateChip } from "#components/finding/FindingStateChip.tsx";
import { Regressed } from "#components/finding/FindingsTable.tsx";
import { LifecycleChip } from "#components/LifecycleChip.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { plural } from "#components/plural.ts";
import { SeverityChip } from "#components/SeverityChip.tsx";
import { SyncChip } from "#components/SyncChip.tsx";
import { relativeTime } from "#components/time.ts";
import { parseFindingFilter } from "#lib/core/findingFilter/parseFindingFilter.ts";
import { findingScreen, type FindingScreen } from "#lib/views/findings/findingScreen.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { findingHref, findingsHref, readFindingQuery, type Params } from "../findingQuery.ts";
import { FindingEvidence } from "./FindingEvidence.tsx";
import { FindingSide } from "./FindingSide.tsx";

interface Props {
  params: Promise<{ number: string }>;
  searchParams: Promise<Params>;
}

/** Once per request: the title and the page ask the same. */
const read = cache(async (number: string, q: string, sort: string): Promise<FindingScreen | undefined> => {
  const person = await requirePerson();
  if (!/^\d{1,9}$/.test(number)) return undefined;
  const { db, clock, config } = await context();
  const { filter } = parseFindingFilter(q);
  const { order } = readFindingQuery({ sort });
  return findingScreen(db, clock(), person, Number(number), { filter, order }, config.solo);
});

async function screenOf({ params, searchParams }: Props) {
  const query = readFindingQuery(await searchParams);
  const sort = `${query.order.descending ? "-" : ""}${query.order.by}`;
  return { query, screen: await read((await params).number, query.q, sort) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { screen } = await screenOf(props);
  return { title: screen ? `F-${screen.line.number} ${screen.line.ruleTitle}` : "Finding" };
}

export default async function FindingPage(props: Props) {
  const person = await requirePerson();
  const { query, screen } = await screenOf(props);
  if (!screen) notFound();
  const { place, line } = screen;
  return (
    <Page
      title={`F-${line.number}`}
      crumbs={[{ href: findingsHref(query, {}), label: "Findings" }]}
      actions={
        <>
          {place.position !== null && (
            <span className="tabular-nums">
              {place.position} of {place.of.toLocaleString("en")}
            </span>
          )}
          {place.previous !== null && (
            <LinkButton href={findingHref(query, place.previous)} hotkey="p" rel="prev">
              Previous
            </LinkButton>
          )}
          {place.next !== null && (
            <LinkButton href={findingHref(query, place.next)} hotkey="n" rel="next">
              Next
            </LinkButton>
          )}
        </>
      }
    >
      <div className="grid items-start gap-x-4.5 gap-y-3.5 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 gap-3.5">
          <Head screen={screen} />
          <FindingEvidence screen={screen} hrefOf={(number) => findingHref(query, number)} />
        </div>
        <FindingSide screen={screen} me={person.id} />
      </div>
    </Page>
  );
}

function Head({ screen }: { screen: FindingScreen }) {
  const { line, client, now } = screen;
  return (
    <div className="grid gap-1.5">
      <p className="text-xl leading-[26px] font-semibold tracking-[-0.01em] [overflow-wrap:anywhere]">
        {line.ruleTitle}
      </p>
      <p>
        {client ? (
          <>
            <span className="mr-2 font-medium">{client.name}</span>
            <ClientIdText value={client.clientId} wrap />
          </>
        ) : (
          <b className="font-mono text-[12.3px] font-semibold">{line.host}</b>
        )}
      </p>
      <div className="flex flex-wrap gap-1.5">
        <SeverityChip severity={line.severity} />
        <FindingStateChip state={line.state} proposal={line.proposal} />
        <Regressed times={line.regressions} />
        {line.members > 1 && <Chip>{plural(line.members, "client")} of one host</Chip>}
        {client && <LifecycleChip lifecycle={client.lifecycle} expired={client.expired} />}
        {client && <SyncChip sync={client.sync} />}
        <Chip>
          {line.settledAt !== null
            ? `found ${relativeTime(line.since, now, true)}`
            : `${line.regressions > 0 ? "back" : "open"} for ${relativeTime(line.since, now)}`}
        </Chip>
      </div>
    </div>
  );
}
