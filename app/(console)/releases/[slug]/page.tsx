import Link from "next/link";
import { notFound } from "next/navigation";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { DataTable, type Column } from "#components/DataTable.tsx";
import { Chip } from "#components/Chip.tsx";
import { CompareForm } from "#components/client/CompareForm.tsx";
import { CodeLine } from "#components/CodeLine.tsx";
import { Empty } from "#components/Empty.tsx";
import { Facts } from "#components/Facts.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { clientPath, clientsPath, releasePath, serverPath } from "#components/paths.ts";
import { plural } from "#components/plural.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { HeldBanner } from "#components/release/HeldBanner.tsx";
import { ReleaseDifference } from "#components/release/ReleaseDifference.tsx";
import { RollBack } from "#components/release/RollBack.tsx";
import { WhatIfLines } from "#components/release/WhatIfLines.tsx";
import { verifyCommands } from "#components/verifyCommands.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import {
  releasesOf,
  type ListedLine,
  type ReleaseLine,
  type ReleasesOf,
} from "#lib/views/releases/releases.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { endRollback, rollBack } from "../actions.ts";

interface Asked {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | undefined>>;
}

export async function generateMetadata({ params }: Asked) {
  return { title: `Releases of ${(await params).slug}` };
}

export default async function ReleasesOfScreen({ params, searchParams }: Asked) {
  const person = await requirePerson();
  const { db, clock, config } = await context();
  const { slug } = await params;
  const query = await searchParams;
  const rev = numberIn(query["rev"]);
  const asked = rev !== undefined;
  const seen = await releasesOf(db, clock(), slug, rev, numberIn(query["against"]));
  if (!seen) notFound();
  const { audience, shown, now, held, rollback } = seen;
  return (
    <Page
      title={audience.name}
      crumbs={[{ href: "/releases", label: "Releases" }]}
      actions={
        <>
          {!asked && <KeepFresh />}
          <LinkButton href={serverPath(slug)}>Its servers</LinkButton>
          {shown && rollback?.possible && may(person, "shrink") && (
            <RollBack
              action={rollBack}
              audienceId={audience.id}
              epoch={shown.head.epoch}
              rev={shown.head.rev}
              clients={rollback.clients}
              more={rollback.more}
              whatIf={rollback.whatIf}
            />
          )}
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
            {held && (
              <HeldBanner
                audienceId={audience.id}
                held={held}
                now={now}
                reviewerId={may(person, "review") ? person.id : null}
                action={endRollback}
              />
            )}
            {seen.pending && <Banner>The next release is being signed: {seen.pending}.</Banner>}
            {seen.audience.latest && shown.head.rev !== seen.audience.latest.rev && (
              <Banner actions={<Link href={releasePath(slug)}>Show the newest</Link>}>
                You look at release {shown.head.rev}. The newest is {seen.audience.latest.rev}.
                {rollback &&
                  !rollback.possible &&
                  " What it said is no longer stored, so it cannot be rolled back to."}
              </Banner>
            )}
            <Card title={`Release ${shown.head.rev}`} note={shown.head.cause} padded>
              <Facts
                rows={[
                  ["Signed", <RelativeTime key="at" at={shown.head.issuedAt} now={now} ago />],
                  ["Ends", <RelativeTime key="ends" at={shown.validUntil} now={now} />],
                  [
                    "Confirmed by",
                    <Link key="by" href={serverPath(slug)} className="underline underline-offset-2">
                      {shown.confirmed} of {plural(audience.servers.length, "server")}
                    </Link>,
                  ],
                  ["Listed", plural(shown.head.count, "client")],
                  ["Refused at once", shown.head.denies.toLocaleString("en")],
                  ["Sequence", `${shown.head.seq}, epoch ${shown.head.epoch}`],
                ]}
              />
            </Card>
            <Contents seen={seen} shown={shown} />
            <Card
              title="Releases"
              note="newest first; signed again in between, so that a frozen list is noticed"
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
          <aside aria-label="Verify this release" className="grid gap-3.5">
            <Card title={`Release ${shown.head.rev} in bytes`} padded>
              <KeyValue
                rows={[
                  ["Root", <code key="root">{shown.head.root}</code>],
                  ["Signed by", <code key="kid">{shown.head.kid}</code>],
                ]}
              />
            </Card>
            <Card
              title={
                seen.audience.latest?.rev === shown.head.rev
                  ? "Verify it yourself"
                  : "Verify the newest release yourself"
              }
              note="no software of ours needed"
              padded
            >
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

function numberIn(text: string | undefined): number | undefined {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

function Comparison({ seen, shown }: { seen: ReleasesOf; shown: ReleaseLine }) {
  const { comparison } = seen;
  if (!comparison) return null;
  return (
    <Card
      title={`What release ${shown.head.rev} changed`}
      note={`against release ${comparison.against.rev}`}
      actions={
        <CompareForm
          action={releasePath(seen.audience.slug)}
          versions={seen.lines.map((line) => ({ number: line.head.rev, words: "" }))}
          from={comparison.against.rev}
          to={shown.head.rev}
          names={["against", "rev"]}
        />
      }
    >
      {comparison.unknown ? (
        <p className="px-3.5 py-3 text-sm text-ink-2">
          One of the two was replaced so long ago that what it said is no longer stored. The signed heads are
          kept.
        </p>
      ) : (
        <>
          <ReleaseDifference lines={comparison.lines} more={comparison.more} denies={comparison.denies} />
          {comparison.lines.length > 0 && (
            <div className="border-t border-line px-3.5 py-3">
              <WhatIfLines facts={comparison.whatIf} verb="are" />
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function Contents({ seen, shown }: { seen: ReleasesOf; shown: ReleaseLine }) {
  return (
    <>
      <Comparison seen={seen} shown={shown} />
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
            deny{it.reason ? ` · ${it.reason.replaceAll("_", " ")}` : ""}
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
