import type { Metadata } from "next";
import Form from "next/form";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { ClientsTable } from "#components/clients/ClientsTable.tsx";
import { FilterHelp } from "#components/clients/FilterHelp.tsx";
import { FilterInput } from "#components/clients/FilterInput.tsx";
import { Pager } from "#components/clients/Pager.tsx";
import { SelectionBar } from "#components/clients/SelectionBar.tsx";
import { Empty } from "#components/Empty.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { Segments } from "#components/Segments.tsx";
import { filterKinds, parseClientFilter } from "#lib/core/clientFilter/parseClientFilter.ts";
import { may } from "#lib/core/may.ts";
import { listClients, type ClientCounts, type ClientSort } from "#lib/views/clients/listClients.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";
import { filterWords } from "./filterWords.ts";
import { listHref, pageSize, readListQuery, type ListQuery, type Params } from "./listQuery.ts";

export const metadata: Metadata = { title: "Clients" };

export default async function ClientsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const person = await requirePerson();
  const ctx = await context();
  const query = readListQuery(await searchParams);
  const { filter, faults } = parseClientFilter(query.q);
  const offset = (query.page - 1) * pageSize;
  const list = await listClients(ctx.db, ctx.clock(), {
    filter,
    order: query.order,
    offset,
    limit: pageSize,
  });
  const exported = (format: string) =>
    `/clients/export?${new URLSearchParams({ format, ...(query.q ? { q: query.q } : {}) })}`;
  return (
    <Page
      title="Clients"
      actions={
        <>
          {list.matching > 0 && (
            <>
              <LinkButton href={exported("csv")} prefetch={false} download>
                CSV
              </LinkButton>
              <LinkButton href={exported("json")} prefetch={false} download>
                JSON
              </LinkButton>
            </>
          )}
          {may(person, "register") && (
            <LinkButton href="/clients/new" variant="primary" hotkey="n">
              Add a client
            </LinkButton>
          )}
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <Form action="/clients" role="search" className="flex min-w-0 flex-1 basis-[320px] gap-2">
          <FilterInput
            value={query.q}
            kinds={filterKinds}
            label="Filter clients"
            placeholder="Name, URL, or owner:none risk:high redirect:other_site …"
          />
          {query.order.by !== "name" || query.order.descending ? (
            <input
              type="hidden"
              name="sort"
              value={`${query.order.descending ? "-" : ""}${query.order.by}`}
            />
          ) : null}
          <button type="submit" className="sr-only">
            Filter
          </button>
        </Form>
        <FilterHelp {...filterWords} />
        <Segments label="Ready-made filters" items={segments(query, list.counts)} />
      </div>
      {faults.length > 0 && (
        <Banner tone="hold" title="Part of the filter was left out.">
          {faults.map((fault) => fault.sentence).join(" ")}
        </Banner>
      )}
      <Card>
        <SelectionBar>
          <ClientsTable
            rows={list.lines}
            now={list.now}
            sort={query.order}
            sortHref={(by) => listHref(query, { by: by as ClientSort })}
            empty={
              <NoClients
                inventory={list.counts.all}
                matching={list.matching}
                query={query}
                may={may(person, "register")}
              />
            }
          />
        </SelectionBar>
      </Card>
      {list.lines.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-0.5">
          <Pager
            noun="client"
            from={offset + 1}
            to={offset + list.lines.length}
            of={list.matching}
            previous={query.page > 1 ? listHref(query, { page: query.page - 1 }) : undefined}
            next={
              offset + list.lines.length < list.matching
                ? listHref(query, { page: query.page + 1 })
                : undefined
            }
          />
          <p className="ml-auto text-sm text-ink-3 max-md:hidden" data-screen-only="">
            <Kbd>j</Kbd> <Kbd>k</Kbd> move · <Kbd>x</Kbd> select · <Kbd>o</Kbd> open · <Kbd>/</Kbd> filter ·{" "}
            <Kbd>?</Kbd> all keys
          </p>
        </div>
      )}
    </Page>
  );
}

function segments(query: ListQuery, counts: ClientCounts) {
  const item = (label: string, q: string, count: number) => ({
    href: listHref(query, { q }),
    label,
    count,
    current: query.q.trim() === q,
  });
  return [
    item("All", "", counts.all),
    item("Pending", "lifecycle:pending", counts.pending),
    item("Held", "sync:held", counts.held),
    item("No owner", "owner:none", counts.unowned),
    item("Suspended", "lifecycle:suspended", counts.suspended),
  ];
}

function NoClients(props: { inventory: number; matching: number; query: ListQuery; may: boolean }) {
  if (props.inventory === 0)
    return (
      <Empty
        title="No client is in the inventory yet"
        actions={
          props.may && (
            <LinkButton href="/clients/new" variant="primary">
              Add the first client
            </LinkButton>
          )
        }
      >
        Paste the URL of a client: Rollcall reads its document, says what it means, and asks for a decision.
      </Empty>
    );
  if (props.matching > 0)
    return (
      <Empty
        title="The list ends before this page"
        actions={<LinkButton href={listHref(props.query, {})}>Go to the first page</LinkButton>}
      />
    );
  return (
    <Empty
      title="No client matches this filter"
      actions={<LinkButton href={listHref(props.query, { q: "" })}>Show all clients</LinkButton>}
    >
      None of {props.inventory.toLocaleString("en")} clients has everything that was asked for. Take a word
      away, or look for part of the name or the URL.
    </Empty>
  );
}
