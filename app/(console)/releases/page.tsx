import { Card } from "#components/Card.tsx";
import { DataTable, type Column } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { releasePath } from "#components/paths.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { may } from "#lib/core/may.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { audienceStates, type AudienceState } from "#lib/views/servers/audienceStates.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";

export const metadata = { title: "Releases" };

export default async function ReleasesScreen() {
  const person = await requirePerson();
  const { db, clock } = await context();
  const now = clock();
  const audiences = await audienceStates(db, now);
  return (
    <Page title="Releases" actions={<KeepFresh />}>
      <Card title="Lists" note="one signed list per authorization server (or group of them)">
        <DataTable
          caption="Lists and their newest release"
          columns={columns(now)}
          rows={audiences}
          rowKey={(audience) => audience.id}
          rowHref={(audience) => releasePath(audience.slug)}
          empty={
            <Empty
              title="No list is published yet"
              actions={
                may(person, "manage_audiences") && (
                  <LinkButton variant="primary" href="/servers/new">
                    Connect an authorization server
                  </LinkButton>
                )
              }
            >
              A list is made for an authorization server. Its first release is signed as soon as you connect
              one.
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}

function columns(now: Instant): Column<AudienceState>[] {
  return [
    { key: "name", header: "List", cell: (it) => it.name },
    {
      key: "rev",
      header: "Release",
      numeric: true,
      cell: (it) => it.latest?.rev.toLocaleString("en") ?? <span className="text-ink-3">being signed</span>,
    },
    {
      key: "count",
      header: "Clients listed",
      numeric: true,
      cell: (it) => it.latest?.count.toLocaleString("en") ?? "–",
    },
    { key: "because", header: "Last change", grow: true, cell: (it) => it.changedBecause ?? "–" },
    {
      key: "at",
      header: "Changed",
      cell: (it) => (it.changedAt === null ? "–" : <RelativeTime at={it.changedAt} now={now} ago />),
    },
    {
      key: "signed",
      header: "Last signed",
      from: "lg",
      cell: (it) => (it.latest ? <RelativeTime at={it.latest.issuedAt} now={now} ago /> : "–"),
    },
    {
      key: "servers",
      header: "Confirmed by",
      numeric: true,
      cell: (it) =>
        `${it.servers.filter((server) => server.condition === "current").length} of ${it.servers.length}`,
    },
  ];
}
