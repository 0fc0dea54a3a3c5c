import type { Metadata } from "next";
import Link from "next/link";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { Pager } from "#components/clients/Pager.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { plural } from "#components/plural.ts";
import { SearchField } from "#components/SearchField.tsx";
import { Segments } from "#components/Segments.tsx";
import { UnknownActs, type UnknownTarget } from "#components/unknown/UnknownActs.tsx";
import { UnknownTable } from "#components/unknown/UnknownTable.tsx";
import {
  unknownClients,
  type UnknownClients,
  type UnknownShow,
} from "#lib/views/sightings/unknownClients.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";
import { blockHost, deny, putAside } from "./actions.ts";
import { BlockedHosts } from "./BlockedHosts.tsx";
import { pageSize, readUnknownQuery, unknownHref, type UnknownQuery } from "./listQuery.ts";

export const metadata: Metadata = { title: "Unknown clients" };

const shows: readonly (readonly [UnknownShow, string])[] = [
  ["all", "All"],
  ["passed", "Let pass"],
  ["refused", "Refused"],
  ["lookalike", "Looks like another"],
  ["invalid", "Cannot be registered"],
  ["aside", "Put aside"],
];

interface Props {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Clients that servers met and nobody asked for: who they may be, what they wanted, and what to do. */
export default async function UnknownPage({ searchParams }: Props) {
  const person = await requirePerson();
  const ctx = await context();
  const query = readUnknownQuery(await searchParams);
  const offset = (query.page - 1) * pageSize;
  const list = await unknownClients(ctx.db, ctx.clock(), person, { ...query, offset, limit: pageSize });
  const shown = offset + list.hosts.length;
  const place = query.host ?? query.server;
  return (
    <Page
      title={place ?? "Unknown clients"}
      crumbs={place === undefined ? [] : [{ href: "/unknown", label: "Unknown clients" }]}
      actions={
        <>
          <KeepFresh />
          {list.servers > 0 && `${list.reporting} of ${plural(list.servers, "server")} report`}
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          action="/unknown"
          label="Search unknown clients"
          placeholder="client_id or name"
          value={query.q}
          keep={{
            show: query.show === "all" ? undefined : query.show,
            host: query.host,
            server: query.server,
          }}
        />
        <Segments
          label="Parts of the list"
          items={shows.map(([show, label]) => ({
            href: unknownHref(query, { show }),
            label,
            count: list.counts[show],
            current: show === query.show,
          }))}
        />
      </div>
      {list.flooded.map(({ name, leftOut }) => (
        <Banner key={name} tone="hold" title={`${name} meets more unknown clients than are kept.`}>
          {leftOut.toLocaleString("en")} questions of the last day were counted only. Somebody may be trying
          names out: look at the server’s own log.
        </Banner>
      ))}
      <Card>
        <UnknownActs
          targets={targetsOf(list)}
          deny={deny}
          putAside={putAside}
          blockHost={blockHost}
          mayRegister={list.mayRegister}
          mayDeny={list.mayDeny}
        >
          <UnknownTable
            hosts={list.hosts}
            now={list.now}
            open={query.host !== undefined}
            selects={list.mayRegister || list.mayDeny}
            hostHref={(host) => unknownHref(query, { host: host || undefined })}
            serverHref={(server) => unknownHref(query, { server })}
            empty={<NoneUnknown query={query} list={list} />}
          />
        </UnknownActs>
      </Card>
      {list.hosts.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-0.5">
          <Pager
            noun="host"
            from={offset + 1}
            to={shown}
            of={list.matching}
            previous={query.page > 1 ? unknownHref(query, { page: query.page - 1 }) : undefined}
            next={shown < list.matching ? unknownHref(query, { page: query.page + 1 }) : undefined}
          />
          <p className="ml-auto text-sm text-ink-3 max-md:hidden" data-screen-only="">
            <Kbd>j</Kbd> <Kbd>k</Kbd> move · <Kbd>o</Kbd> open · <Kbd>r</Kbd> <Kbd>d</Kbd> <Kbd>i</Kbd>{" "}
            <Kbd>b</Kbd> act on the row · <Kbd>?</Kbd> all keys
          </p>
        </div>
      )}
      <BlockedHosts blocked={list.blocked} now={list.now} mayReview={list.mayReview} />
    </Page>
  );
}

/** Everything on the screen that can be acted on: each host, and each client. */
function targetsOf({ hosts }: UnknownClients): UnknownTarget[] {
  return hosts.flatMap(({ host, lines }) => [
    { key: `host ${host}`, shown: host, host, canBeClient: false },
    ...lines.map(({ clientId, shownId, canBeClient }) => ({
      key: clientId,
      clientId,
      shown: shownId,
      host,
      canBeClient,
    })),
  ]);
}

function NoneUnknown({ query, list }: { query: UnknownQuery; list: UnknownClients }) {
  const narrowed = query.q || query.host !== undefined || query.server !== undefined || query.show !== "all";
  if (narrowed)
    return (
      <Empty
        title="None of this kind"
        actions={<LinkButton href="/unknown">Show all unknown clients</LinkButton>}
      />
    );
  if (list.reporting === 0)
    return (
      <Empty
        title="No server reports what it is asked"
        actions={<LinkButton href="/servers">Open the servers</LinkButton>}
      >
        Give each server’s consumer a <code className="font-mono">status</code> address and its token: it then
        tells once a minute which clients it met and what they asked for, and nothing of the people who sign
        in. Begin in report-only mode, and see here who would be locked out.
      </Empty>
    );
  return (
    <Empty
      title="Servers meet nobody unknown"
      actions={<LinkButton href="/clients">Open the clients</LinkButton>}
    >
      Every client that {plural(list.reporting, "server")} met in the last ninety days was asked for or
      decided about. See{" "}
      <Link href="/findings?q=look%3Asight" className="underline underline-offset-2">
        Findings
      </Link>{" "}
      for documents that only a server was shown.
    </Empty>
  );
}
