import type { Metadata } from "next";
import Link from "next/link";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { Pager } from "#components/clients/Pager.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { plural } from "#components/plural.ts";
import { SearchField } from "#components/SearchField.tsx";
import { Segments } from "#components/Segments.tsx";
import { TextArea } from "#components/TextArea.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { UnknownTable } from "#components/unknown/UnknownTable.tsx";
import {
  unknownClients,
  type UnknownClients,
  type UnknownLine,
  type UnknownShow,
} from "#lib/views/unknownClients.ts";
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
        <UnknownTable
          hosts={list.hosts}
          now={list.now}
          open={query.host !== undefined}
          hostHref={(host) => unknownHref(query, { host: host || undefined })}
          serverHref={(server) => unknownHref(query, { server })}
          act={(line, alone) => <Acts line={line} list={list} host={alone || query.host !== undefined} />}
          actOnHost={({ host }) => list.mayDeny && host !== "" && <BlockHost host={host} />}
          empty={<NoneUnknown query={query} list={list} />}
        />
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

function Acts({ line, list, host }: { line: UnknownLine; list: UnknownClients; host: boolean }) {
  return (
    <span className="inline-flex flex-wrap justify-end gap-1 py-1 max-md:justify-start">
      {list.mayRegister && line.canBeClient && (
        <LinkButton href={`/clients/new?client_id=${encodeURIComponent(line.clientId)}`} hotkey="r">
          Review
        </LinkButton>
      )}
      {list.mayDeny && line.host !== "" && (
        <ActDialog
          action={deny.bind(null, line.clientId)}
          label="Deny"
          title={`Deny ${line.shownId}`}
          description="Every list refuses it by name from the next release on, also where servers let strangers in. Two people can unblock it."
          done="Denied: the release is being made"
          variant="danger"
          hotkey="d"
        >
          <TextArea name="reason" label="Why?" hint="One sentence that an auditor will read." />
        </ActDialog>
      )}
      {list.mayRegister && (
        <ActDialog
          action={putAside.bind(null, line.clientId)}
          label="Put aside"
          title={`Put ${line.shownId} aside`}
          description="It is shown again once servers have met it that many times more. Nothing changes for servers."
          done="Put aside"
          variant="quiet"
          hotkey="i"
        >
          <TextInput
            name="times"
            label="Until it was seen so often"
            type="number"
            min={1}
            max={1_000_000}
            defaultValue={100}
            className="max-w-[140px]"
          />
        </ActDialog>
      )}
      {host && list.mayDeny && line.host !== "" && <BlockHost host={line.host} />}
    </span>
  );
}

function BlockHost({ host }: { host: string }) {
  return (
    <ActDialog
      action={blockHost.bind(null, host)}
      label="Block host"
      title={`Block ${host}`}
      description="Every list refuses every client of this host, approved ones too, as soon as servers see the next release. Lifting it takes two people."
      done="Blocked: the release is being made"
      variant="quiet"
      hotkey="b"
    >
      <TextArea name="reason" label="Why?" hint="One sentence that an auditor will read." />
    </ActDialog>
  );
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
