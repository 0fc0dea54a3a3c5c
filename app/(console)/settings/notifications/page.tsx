import Link from "next/link";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { ChannelConditionChip } from "#components/channels/ChannelConditionChip.tsx";
import { DeliveryList } from "#components/channels/DeliveryList.tsx";
import { addChannelPath, channelPath, channelsPath } from "#components/channels/paths.ts";
import { DataTable, type Column } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import type { Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import { topicGroups } from "#lib/core/notice/topicGroups.ts";
import { channels, type ChannelLine } from "#lib/views/channels/channels.ts";
import { deliveries } from "#lib/views/channels/deliveries.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { SettingsTabs } from "../SettingsTabs.tsx";
import { DeliveryFilter } from "./DeliveryFilter.tsx";
import { DeliveryPages } from "./DeliveryPages.tsx";
import { readDeliveryQuery, type Query } from "./readDeliveryQuery.ts";

export const metadata = { title: "Notifications" };

export default async function NotificationsScreen({ searchParams }: { searchParams: Promise<Query> }) {
  const person = await requirePerson();
  if (!may(person, "read_channels"))
    return (
      <Page title="Settings">
        <SettingsTabs current="notifications" />
        <Banner tone="hold">
          Your role ({person.role}) may not see where notifications go. Ask an administrator.
        </Banner>
      </Page>
    );
  const query = readDeliveryQuery(await searchParams);
  const { db, clock, notify } = await context();
  const now = clock();
  const [lines, log] = await Promise.all([channels(db, notify.kinds), deliveries(db, query, 50)]);
  const administers = may(person, "administer");
  const add = administers && (
    <LinkButton href={addChannelPath()} variant="primary" hotkey="n">
      Add a channel
    </LinkButton>
  );
  const nameOf = new Map(lines.map((line) => [line.id, line.name]));
  return (
    <Page
      title="Settings"
      actions={
        <>
          <KeepFresh />
          {lines.length > 0 && add}
        </>
      }
    >
      <SettingsTabs current="notifications" />
      <Troubles lines={lines} />
      <Card title="Channels" note="where findings, suspensions and requests are told">
        <DataTable
          caption="Notification channels"
          columns={columns(now)}
          rows={lines}
          rowKey={(line) => line.id}
          rowHref={(line) => channelPath(line.id)}
          empty={
            <Empty title="Nobody is told yet" actions={add}>
              A channel tells people or programs as soon as something needs them: a webhook, Slack, e-mail or
              a syslog collector.{administers ? "" : " An administrator adds one."}
            </Empty>
          }
        />
      </Card>
      {(lines.length > 0 || log.deliveries.length > 0) && (
        <Card title="Delivery log" note="newest first">
          <div className="border-b border-line px-3.5 py-2">
            <DeliveryFilter path={channelsPath} state={query.state} />
          </div>
          <DeliveryList
            deliveries={log.deliveries}
            now={now}
            channel={(delivery) => {
              const { channelId } = log.deliveries.find((each) => each.id === delivery.id) ?? {};
              const name = channelId && nameOf.get(channelId);
              return name ? (
                <Link href={channelPath(channelId)} className="hover:underline">
                  {name}
                </Link>
              ) : (
                "a removed channel"
              );
            }}
          />
          {log.deliveries.length === 0 && (
            <Empty title={query.state || query.cursor ? "Nothing here" : "Nothing sent yet"}>
              {query.state
                ? "No delivery is in this state."
                : "What channels are sent stands here, with the answer of the other side."}
            </Empty>
          )}
          <DeliveryPages path={channelsPath} query={query} next={log.nextCursor} />
        </Card>
      )}
    </Page>
  );
}

/** What a person should do something about, over everything else. */
function Troubles({ lines }: { lines: readonly ChannelLine[] }) {
  const failing = lines.filter((line) => line.condition === "failing");
  const ended = lines.filter((line) => line.offReason !== null);
  return [...failing, ...ended].map((line) => (
    <Banner
      key={line.id}
      tone="stop"
      title={line.offReason ? `${line.name} switched itself off.` : `${line.name} does not get through.`}
      actions={<Link href={channelPath(line.id)}>Look at it</Link>}
    >
      {line.offReason ?? line.last?.sentence}
    </Banner>
  ));
}

function columns(now: Instant): Column<ChannelLine>[] {
  return [
    { key: "name", header: "Channel", cell: (it) => it.name },
    { key: "kind", header: "Kind", cell: (it) => it.kindTitle },
    {
      key: "where",
      header: "Sends to",
      grow: true,
      cell: (it) => <code className="[overflow-wrap:anywhere]">{it.where}</code>,
    },
    { key: "state", header: "State", cell: (it) => <ChannelConditionChip condition={it.condition} /> },
    { key: "from", header: "At least", cell: (it) => <SeverityChip severity={it.minimumSeverity} /> },
    {
      key: "about",
      header: "About",
      from: "xl",
      cell: (it) =>
        [
          it.topics.length === 0
            ? "everything"
            : topicGroups
                .filter((group) => it.topics.includes(group.id))
                .map((group) => group.title.toLowerCase())
                .join(", "),
          ...(it.team ? [`team ${it.team}`] : []),
        ].join(" · "),
    },
    {
      key: "last",
      header: "Last sent",
      cell: (it) =>
        it.last ? <RelativeTime at={it.last.at} now={now} ago /> : <span className="text-ink-3">never</span>,
    },
    {
      key: "waiting",
      header: "Waiting",
      numeric: true,
      from: "lg",
      cell: (it) => it.waiting + it.collecting,
    },
    {
      key: "failed",
      header: "Failed",
      numeric: true,
      cell: (it) =>
        it.failed > 0 ? (
          <Link
            href={`${channelPath(it.id)}?state=failed`}
            className="text-stop underline underline-offset-2"
          >
            {it.failed}
          </Link>
        ) : (
          0
        ),
    },
  ];
}
