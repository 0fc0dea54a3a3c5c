import type { Metadata } from "next";
import Link from "next/link";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { FetchNow } from "#components/client/FetchNow.tsx";
import { Pager } from "#components/clients/Pager.tsx";
import { Empty } from "#components/Empty.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { SearchField } from "#components/SearchField.tsx";
import { Segments } from "#components/Segments.tsx";
import { UnreadTable } from "#components/unread/UnreadTable.tsx";
import { UploadFields } from "#components/unread/UploadFields.tsx";
import { unreachable, type UnreadLine, type UnreadShow } from "#lib/views/clients/unreachable.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";
import { fetchNow } from "../clients/[id]/actions.ts";
import { uploadCopy } from "../clients/[id]/copyActions.ts";
import { pageSize, readUnreadQuery, unreadHref, type UnreadQuery } from "./listQuery.ts";

export const metadata: Metadata = { title: "Unreachable and challenged" };

const shows: readonly (readonly [UnreadShow, string])[] = [
  ["all", "All"],
  ["challenged", "Challenged"],
  ["unreachable", "Unreachable"],
  ["gone", "Gone"],
  ["never_fetched", "Never read"],
  ["waiting", "Copies to compare"],
];

interface Props {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Clients whose document cannot be read: since when, what stands in for it, and what to do. */
export default async function UnreachablePage({ searchParams }: Props) {
  const person = await requirePerson();
  const ctx = await context();
  const query = readUnreadQuery(await searchParams);
  const offset = (query.page - 1) * pageSize;
  const list = await unreachable(ctx.db, ctx.clock(), person, { ...query, offset, limit: pageSize });
  const shown = offset + list.rows.length;
  return (
    <Page
      title={query.host === undefined ? "Unreachable and challenged" : query.host}
      crumbs={query.host === undefined ? [] : [{ href: "/unreachable", label: "Unreachable and challenged" }]}
    >
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          action="/unreachable"
          label="Search clients that cannot be read"
          placeholder="Client or owner"
          value={query.q}
          keep={{ show: query.show === "all" ? undefined : query.show, host: query.host }}
        />
        <Segments
          label="Parts of the list"
          items={shows.map(([show, label]) => ({
            href: unreadHref(query, { show }),
            label,
            count: list.counts[show],
            current: show === query.show,
          }))}
        />
      </div>
      {list.rows.length > 0 && (
        <Banner tone="info" title="Unreachable is not removed.">
          The last good copy of each document stands, and servers go on with it. What the owner changes
          meanwhile goes unseen.
        </Banner>
      )}
      <Card>
        <UnreadTable
          rows={list.rows}
          now={list.now}
          hostHref={(host) => unreadHref(query, { host })}
          act={(line) => <Acts line={line} />}
          empty={<NoneUnread query={query} any={list.counts.all > 0} />}
        />
      </Card>
      {list.rows.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-0.5">
          <Pager
            noun="row"
            from={offset + 1}
            to={shown}
            of={list.matching}
            previous={query.page > 1 ? unreadHref(query, { page: query.page - 1 }) : undefined}
            next={shown < list.matching ? unreadHref(query, { page: query.page + 1 }) : undefined}
          />
          <p className="ml-auto text-sm text-ink-3 max-md:hidden" data-screen-only="">
            <Kbd>j</Kbd> <Kbd>k</Kbd> move · <Kbd>o</Kbd> open · <Kbd>/</Kbd> search · <Kbd>?</Kbd> all keys
          </p>
        </div>
      )}
    </Page>
  );
}

function Acts({ line }: { line: UnreadLine }) {
  return (
    <span className="inline-flex flex-wrap justify-end gap-1.5 py-1">
      {line.copy === "waiting" && (
        <LinkButton
          href={`/clients/${line.id}/document?${line.live === null || line.live === line.snapshot ? `snapshot=${line.snapshot}` : `from=${line.live}&to=${line.snapshot}`}`}
          variant="primary"
        >
          Compare
        </LinkButton>
      )}
      {line.mayFetch && <FetchNow fetchNow={fetchNow.bind(null, line.id)} name={line.name} />}
      {line.mayUpload && line.copy !== "waiting" && (
        <ActDialog
          action={uploadCopy.bind(null, line.id)}
          label="Upload a copy"
          title={`Upload a copy for ${line.name}`}
          done="Uploaded: it waits for a second person"
          wide
        >
          <UploadFields clientId={line.clientId} />
        </ActDialog>
      )}
    </span>
  );
}

function NoneUnread({ query, any }: { query: UnreadQuery; any: boolean }) {
  if (query.q || query.host !== undefined || (any && query.show !== "all"))
    return (
      <Empty
        title="None of this kind"
        actions={<LinkButton href="/unreachable">Show all that cannot be read</LinkButton>}
      />
    );
  return (
    <Empty
      title="Every document can be read"
      actions={<LinkButton href="/clients">Open the clients</LinkButton>}
    >
      A client comes here when its document was out of reach three times within half an hour, or when its host
      wants a browser. See{" "}
      <Link href="/findings" className="underline underline-offset-2">
        Findings
      </Link>{" "}
      for everything else.
    </Empty>
  );
}
