import Link from "next/link";
import { notFound } from "next/navigation";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { DataTable, type Column } from "#components/DataTable.tsx";
import { Chip } from "#components/Chip.tsx";
import { CodeLine } from "#components/CodeLine.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { clientPath, clientsPath, releasePath, serverPath } from "#components/paths.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { verifyCommands } from "#components/verifyCommands.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { releasesOf, type ListedLine, type ReleaseLine, type ReleasesOf } from "#lib/views/releases.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";

interface Asked {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | undefined>>;
}

export async function generateMetadata({ params }: Asked) {
  return { title: `Releases of ${(await params).slug}` };
}

export default async function ReleasesOfScreen({ params, searchParams }: Asked) {
  await requirePerson();
  const { db, clock, config } = await context();
  const { slug } = await params;
  const rev = Number((await searchParams)["rev"]);
  const asked = Number.isSafeInteger(rev) && rev > 0;
  const seen = await releasesOf(db, clock(), slug, asked ? rev : undefined);
  if (!seen) notFound();
  const { audience, shown, now } = seen;
  return (
    <Page
      title={audience.name}
      crumbs={[{ href: "/releases", label: "Releases" }]}
      actions={
        <>
          {!asked && <KeepFresh />}
          <LinkButton href={serverPath(slug)}>Its servers</LinkButton>
        </>
      }
    >
      {!shown ? (
        <Card>
          <Empty
            title={
              seen.lines.length > 0
                ? `There is no release ${rev} of this list`
                : "The first release is being signed"
            }
          >
            {seen.lines.length > 0
              ? "Choose one from the list of releases."
              : "The worker signs it within a second of the list being made. If this stays, the worker is not running: start it and reload."}
          </Empty>
        </Card>
      ) : (
        <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_400px]">
          <div className="grid min-w-0 gap-3.5">
            {seen.audience.latest && shown.head.rev !== seen.audience.latest.rev && (
              <Banner actions={<Link href={releasePath(slug)}>Show the newest</Link>}>
                You look at release {shown.head.rev}. The newest is {seen.audience.latest.rev}.
              </Banner>
            )}
            <Contents seen={seen} shown={shown} />
            <Card
              title="Releases"
              note="newest first; signed again every few minutes in between, so that a frozen list is noticed"
            >
              <DataTable
                caption={`Releases of ${audience.name}`}
                columns={releaseColumns(now, audience.servers.length)}
                rows={seen.lines}
                rowKey={(line) => `${line.head.epoch}-${line.head.rev}`}
                rowHref={(line) => releasePath(slug, line.head.rev)}
              />
            </Card>
          </div>
          <aside aria-label="About this release" className="grid gap-3.5">
            <Card title={`Release ${shown.head.rev}`} padded>
              <KeyValue
                rows={[
                  ["Because", shown.head.cause],
                  ["Signed", <RelativeTime key="at" at={shown.head.issuedAt} now={now} ago />],
                  ["Ends", <RelativeTime key="ends" at={shown.validUntil} now={now} />],
                  [
                    "Confirmed by",
                    <Link key="by" href={serverPath(slug)} className="underline underline-offset-2">
                      {shown.confirmed} of {audience.servers.length} servers
                    </Link>,
                  ],
                  ["Listed", `${shown.head.count} clients, ${shown.head.denies} refused at once`],
                  ["Sequence", `${shown.head.seq}, epoch ${shown.head.epoch}`],
                  ["Root", <code key="root">{shown.head.root}</code>],
                  ["Signed by", <code key="kid">{shown.head.kid}</code>],
                ]}
              />
            </Card>
            <Card title="Verify it yourself" note="no software of ours needed" padded>
              <ol className="grid gap-3">
                {verifyCommands({
                  baseUrl: config.baseUrl,
                  slug,
                  root: seen.audience.latest?.root ?? shown.head.root,
                  isPrivate: audience.isPrivate,
                }).map((step, index) => (
                  <li key={step.title} className="grid gap-1">
                    <p className="text-sm">
                      <b className="font-semibold">{index + 1}.</b> {step.title}
                    </p>
                    <CodeLine value={step.command} label={step.title} />
                  </li>
                ))}
              </ol>
            </Card>
          </aside>
        </div>
      )}
    </Page>
  );
}

function Contents({ seen, shown }: { seen: ReleasesOf; shown: ReleaseLine }) {
  return (
    <>
      {seen.changes && seen.changes.length > 0 && (
        <Card title="What changed" note={`against release ${shown.head.rev - 1}`}>
          <ul>
            {seen.changes.slice(0, 50).map((change) => (
              <li
                key={change.clientId}
                className="flex flex-wrap gap-x-2 border-b border-line px-3.5 py-2 last:border-0"
              >
                <Link href={clientsPath(change.clientId)} className="min-w-0 hover:underline">
                  <ClientIdText value={change.clientId} wrap />
                </Link>
                <span className="text-ink-2">{change.words}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card
        title={`What release ${shown.head.rev} says`}
        note={
          seen.more
            ? `the first ${seen.contents.length} of ${shown.head.count} clients`
            : `${seen.contents.length} clients`
        }
      >
        <DataTable
          caption={`Clients in release ${shown.head.rev}`}
          columns={contentColumns(seen.now)}
          rows={seen.contents}
          rowKey={(line) => line.clientId}
          rowHref={(line) => (line.clientRowId ? clientPath(line.clientRowId) : clientsPath(line.clientId))}
          empty={
            <Empty
              title="This release lists nobody"
              actions={<LinkButton href="/clients">Look at the inventory</LinkButton>}
            >
              A client is listed once it is approved for a resource of this authorization server. Whoever is
              not listed is refused.
            </Empty>
          }
        />
      </Card>
    </>
  );
}

function contentColumns(now: Instant): Column<ListedLine>[] {
  return [
    { key: "client", header: "client_id", grow: true, cell: (it) => <ClientIdText value={it.clientId} /> },
    {
      key: "status",
      header: "Says",
      cell: (it) =>
        it.status === "allow" ? (
          <Chip tone="ok" shape="tick">
            allow
          </Chip>
        ) : (
          <Chip tone="stop" shape="cross">
            deny{it.reason ? ` · ${it.reason}` : ""}
          </Chip>
        ),
    },
    {
      key: "scopes",
      header: "Scopes",
      from: "lg",
      className: "max-w-[220px] truncate",
      cell: (it) =>
        it.grants.length === 0 ? (
          "–"
        ) : (
          <code>{[...new Set(it.grants.flatMap((grant) => grant.scopes))].join(" ")}</code>
        ),
    },
    { key: "redirects", header: "Redirects", numeric: true, cell: (it) => it.redirects || "–" },
    { key: "keys", header: "Keys", numeric: true, cell: (it) => it.keys || "–" },
    {
      key: "ends",
      header: "Ends",
      cell: (it) => (it.expiresAt === null ? "–" : <RelativeTime at={it.expiresAt} now={now} />),
    },
  ];
}

function releaseColumns(now: Instant, servers: number): Column<ReleaseLine>[] {
  return [
    { key: "rev", header: "Release", cell: (it) => it.head.rev.toLocaleString("en") },
    { key: "cause", header: "Because", grow: true, cell: (it) => it.head.cause },
    { key: "at", header: "Signed", cell: (it) => <RelativeTime at={it.head.issuedAt} now={now} ago /> },
    {
      key: "again",
      header: "Signed again",
      numeric: true,
      from: "lg",
      cell: (it) => (it.repeats ? `${it.repeats} ×` : "–"),
    },
    { key: "count", header: "Clients", numeric: true, cell: (it) => it.head.count.toLocaleString("en") },
    {
      key: "confirmed",
      header: "Confirmed by",
      numeric: true,
      cell: (it) => `${it.confirmed} of ${servers}`,
    },
  ];
}
