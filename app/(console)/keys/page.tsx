import type { Metadata } from "next";
import { Card } from "#components/Card.tsx";
import { Pager } from "#components/clients/Pager.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { Empty } from "#components/Empty.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { AnnounceFields } from "#components/keys/AnnounceFields.tsx";
import { KeyTable } from "#components/keys/KeyTable.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { SearchField } from "#components/SearchField.tsx";
import { Segments } from "#components/Segments.tsx";
import { Select } from "#components/Select.tsx";
import { day } from "#lib/core/Instant.ts";
import { keyList, type KeyShow, type KeySort } from "#lib/views/clients/keyList.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";
import { announceFor } from "../clients/[id]/keyActions.ts";
import { keysHref, pageSize, readKeyQuery, type KeyQuery } from "./listQuery.ts";

export const metadata: Metadata = { title: "Keys" };

const shows: readonly (readonly [KeyShow, string])[] = [
  ["used", "In use"],
  ["look", "Needs a look"],
  ["overdue", "Overdue"],
  ["shared", "Shared"],
  ["leaked", "Leaked"],
  ["missed", "Overlap missed"],
  ["announced", "Announced"],
  ["removed", "Removed"],
];

interface Props {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The keys of every client: which are old, shared or leaked, what is announced, and what went wrong. */
export default async function KeysPage({ searchParams }: Props) {
  const person = await requirePerson();
  const ctx = await context();
  const query = readKeyQuery(await searchParams);
  const offset = (query.page - 1) * pageSize;
  const list = await keyList(ctx.db, ctx.clock(), person, { ...query, offset, limit: pageSize });
  const shown = offset + list.lines.length;
  return (
    <Page
      title="Keys"
      actions={
        list.announceFor.length > 0 && (
          <ActDialog
            action={announceFor}
            label="Announce a key"
            hotkey="n"
            title="Announce the next key"
            description="When the key appears nobody is asked about it. If it has not come by that day, that is a finding."
            done="Announced"
          >
            <Select
              name="id"
              label="Client"
              placeholder="Choose a client"
              options={list.announceFor.map(({ id, name, clientId }) => ({
                value: id,
                label: `${name} · ${clientId}`,
              }))}
            />
            <AnnounceFields day={new Date(list.now + 14 * day).toISOString().slice(0, 10)} />
          </ActDialog>
        )
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          action="/keys"
          label="Search keys"
          placeholder="Client, owner, kid or thumbprint"
          value={query.q}
          keep={{ show: query.show === "used" ? undefined : query.show }}
        />
        <Segments
          label="Parts of the list"
          items={shows.map(([show, label]) => ({
            href: keysHref(query, { show }),
            label,
            count: list.counts[show],
            current: show === query.show,
          }))}
        />
      </div>
      <Card>
        <KeyTable
          rows={list.lines}
          now={list.now}
          sort={{ by: query.sort, descending: query.descending }}
          sortHref={(by) => keysHref(query, { sort: by as KeySort })}
          empty={<NoKeys query={query} any={list.counts.used + list.counts.removed > 0} />}
        />
      </Card>
      {list.lines.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-0.5">
          <Pager
            noun="key"
            from={offset + 1}
            to={shown}
            of={list.matching}
            previous={query.page > 1 ? keysHref(query, { page: query.page - 1 }) : undefined}
            next={shown < list.matching ? keysHref(query, { page: query.page + 1 }) : undefined}
          />
          <p className="ml-auto text-sm text-ink-3 max-md:hidden" data-screen-only="">
            <Kbd>j</Kbd> <Kbd>k</Kbd> move · <Kbd>o</Kbd> open · <Kbd>/</Kbd> search · <Kbd>?</Kbd> all keys
          </p>
        </div>
      )}
    </Page>
  );
}

function NoKeys({ query, any }: { query: KeyQuery; any: boolean }) {
  if (query.q || (any && query.show === "used"))
    return (
      <Empty
        title="No key matches"
        actions={<LinkButton href={keysHref(query, { q: "", show: "used" })}>Show all keys</LinkButton>}
      >
        Look for part of a client&#8217;s name, its URL, the owner team, a kid or a thumbprint.
      </Empty>
    );
  if (query.show !== "used")
    return (
      <Empty
        title={none[query.show]}
        actions={<LinkButton href={keysHref(query, { show: "used" })}>Show the keys in use</LinkButton>}
      />
    );
  return (
    <Empty
      title="No client publishes a key"
      actions={<LinkButton href="/clients">Open the clients</LinkButton>}
    >
      Keys are followed from the first document on that names some. A client without keys does not
      authenticate itself: only PKCE ties a code to the program that asked.
    </Empty>
  );
}

const none: Record<KeyShow, string> = {
  used: "",
  look: "Nothing needs a look",
  overdue: "No rotation is overdue",
  shared: "No two clients share a key",
  leaked: "No private half was ever seen in public",
  missed: "No overlap was missed in half a year",
  announced: "No key is announced",
  removed: "No key was removed in half a year",
};
