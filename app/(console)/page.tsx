import { Card } from "#components/Card.tsx";
import { DriftStrip } from "#components/DriftStrip.tsx";
import { DriftTable } from "#components/DriftTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { FindingLoads } from "#components/finding/FindingLoads.tsx";
import { SeverityMatrix } from "#components/finding/SeverityMatrix.tsx";
import { InboxRow } from "#components/InboxRow.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { clientsPath, findingsPath } from "#components/paths.ts";
import { plural } from "#components/plural.ts";
import { PropagationLanes, type LaneGroup } from "#components/PropagationLanes.tsx";
import { SetupSteps } from "#components/SetupSteps.tsx";
import { Tile } from "#components/Tile.tsx";
import { exactTime, relativeTime } from "#components/time.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import { may } from "#lib/core/may.ts";
import type { AudienceState } from "#lib/views/servers/audienceStates.ts";
import { overview, type Overview } from "#lib/views/overview.ts";
import { context } from "../context.ts";
import { requirePerson } from "../session.ts";
import Link from "next/link";

export const metadata = { title: "Overview" };

const shownItems = 8;

export default async function OverviewScreen() {
  const person = await requirePerson();
  const { db, clock, config } = await context();
  const seen = await overview(db, clock(), person, config.solo);
  const { now, setup } = seen;
  const settled = setup.server && setup.client && (setup.reviewer || config.solo);
  const lanes = seen.audiences.filter((audience) => audience.servers.length > 0);
  return (
    <Page
      title="Overview"
      actions={
        <>
          <span className="tabular-nums">{exactTime(now).replace(/:\d\d UTC/, " UTC")}</span>
          <KeepFresh />
        </>
      }
    >
      {!settled && <SetupSteps steps={steps(seen, person, config.solo)} />}
      {(seen.clients.all > 0 || seen.servers.all > 0) && (
        <div className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-6">
          <Tiles seen={seen} />
        </div>
      )}
      <div className="grid gap-3.5 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <Card
          title="Waiting for you"
          note={seen.waiting.length || undefined}
          actions={
            <Link href="/inbox" className="hover:text-ink hover:underline">
              Open inbox
            </Link>
          }
        >
          {seen.waiting.length === 0 ? (
            <Empty title="Nothing waits for you">
              {seen.clients.all === 0
                ? "Once clients are in the inventory, requests and changed documents show up here."
                : "Every request is decided and every server is where it should be."}
            </Empty>
          ) : (
            <ul>
              {seen.waiting.slice(0, shownItems).map((item) => (
                <InboxRow key={item.key} item={item} now={now} />
              ))}
              {seen.waiting.length > shownItems && (
                <li className="px-3.5 py-2 text-sm text-ink-3">
                  <Link href="/inbox" className="hover:text-ink hover:underline">
                    {seen.waiting.length - shownItems} more in the inbox
                  </Link>
                </li>
              )}
            </ul>
          )}
        </Card>
        <Card
          title={
            lanes.length === 1 && lanes[0]?.latest
              ? `Release ${lanes[0].latest.rev} on its way`
              : "Releases on their way"
          }
          actions={
            <Link href="/releases" className="hover:text-ink hover:underline">
              All releases
            </Link>
          }
        >
          {lanes.length === 0 ? (
            <Empty
              title="No authorization server is connected"
              actions={
                may(person, "manage_audiences") && (
                  <LinkButton href="/servers/new">Connect an authorization server</LinkButton>
                )
              }
            >
              A decision counts when a server says it enforces it. Connect one and its releases show up here.
            </Empty>
          ) : (
            <PropagationLanes groups={lanes.map((audience) => laneGroup(audience, now))} />
          )}
        </Card>
      </div>
      <Drift seen={seen} />
      {seen.clients.all > 0 && (
        <div className="grid gap-3.5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
          <OpenFindings seen={seen} />
          <Card
            title="What waits for whom"
            note="a finding counts for every team it concerns"
            actions={
              <Link href={findingsPath("owner:mine")} className="hover:text-ink hover:underline">
                My teams
              </Link>
            }
          >
            {seen.findings.waiting === 0 ? (
              <p className="px-3.5 py-6 text-center text-sm text-ink-3">Nothing waits for anybody.</p>
            ) : (
              <FindingLoads teams={seen.findings.teams} people={seen.findings.people} />
            )}
          </Card>
        </div>
      )}
    </Page>
  );
}

function Drift({ seen: { drift } }: { seen: Overview }) {
  if (drift.rows.length === 0) return null;
  return (
    <Card
      title="Drift, last six weeks"
      note="one square a day: the worst change; hatched: could not be read"
      actions={
        drift.more > 0 ? (
          <Link href={findingsPath("state:any")} className="hover:text-ink hover:underline">
            {plural(drift.more, "more client")} · all findings
          </Link>
        ) : (
          <span className="tabular-nums">
            {plural(drift.changed, "client")} changed · {drift.unread.toLocaleString("en")} could not be read
          </span>
        )
      }
    >
      <DriftStrip days={drift.days} rows={drift.rows} />
      <DriftTable days={drift.days} rows={drift.rows} />
    </Card>
  );
}

function OpenFindings({ seen: { findings } }: { seen: Overview }) {
  return (
    <Card
      title="Open findings"
      note="by severity and age"
      actions={
        <Link href="/findings" className="hover:text-ink hover:underline">
          All findings
        </Link>
      }
    >
      {findings.waiting === 0 ? (
        <p className="px-3.5 py-6 text-center text-sm text-ink-3">Nothing is open.</p>
      ) : (
        <SeverityMatrix bands={findings.bands} rows={findings.matrix} />
      )}
    </Card>
  );
}

function Tiles({ seen }: { seen: Overview }) {
  const { clients, review, held, findings, unread, servers, now } = seen;
  const number = (n: number) => n.toLocaleString("en");
  return (
    <>
      <Tile
        href="/clients"
        label="clients"
        value={number(clients.all)}
        note={
          clients.all === 0
            ? "add the first one"
            : clients.unowned > 0
              ? `${number(clients.unowned)} without an owner`
              : "all in use are owned"
        }
      />
      <Tile
        href={clientsPath("lifecycle:pending")}
        label="waiting for review"
        value={number(review.open)}
        note={review.oldest === null ? "no open request" : `oldest ${relativeTime(review.oldest, now)}`}
      />
      <Tile
        href={clientsPath("sync:held")}
        label="changes held back"
        value={number(held)}
        note={held > 0 ? "approved copies stay" : "all are as approved"}
      />
      <Tile
        href="/findings"
        label="open findings"
        value={number(findings.waiting)}
        note={
          findings.overdue > 0
            ? `${number(findings.overdue)} past their time`
            : findings.critical > 0
              ? `${number(findings.critical)} critical, all in time`
              : findings.waiting > 0
                ? "all in time"
                : "nothing waits for triage"
        }
      />
      <Tile
        href={clientsPath("sync:unreachable,challenged,gone")}
        label="cannot be read"
        value={number(unread.all)}
        note={
          unread.gone > 0
            ? `${number(unread.gone)} gone`
            : unread.all > 0
              ? "last good copies stay"
              : "every document was read"
        }
      />
      <Tile
        href="/servers"
        label="servers up to date"
        value={servers.all === 0 ? "none yet" : `${servers.current} of ${servers.all}`}
        note={
          servers.worst ?? (servers.all > 0 ? "all confirmed the newest release" : "connect the first one")
        }
      />
    </>
  );
}

function laneGroup(audience: AudienceState, now: number): LaneGroup {
  return {
    slug: audience.slug,
    name: audience.name,
    revs: audience.revs,
    lanes: audience.servers.map((server) => ({
      id: server.id,
      name: server.name,
      rev: server.rev,
      condition: server.condition,
      behind: server.behind,
      note:
        server.condition === "current"
          ? undefined
          : server.behind > 0 && server.behindSince !== null
            ? `${server.behind} behind · ${relativeTime(server.behindSince, now)}`
            : {
                never: "never pulled",
                silent: "never reports",
                stale: "not reporting",
                failing: "refusing",
                divergent: "foreign release",
              }[server.condition as string],
    })),
  };
}

function steps({ setup }: Overview, person: PersonActor, solo: boolean) {
  return [
    {
      done: setup.server,
      title: "Connect an authorization server",
      why: "It pulls the signed list, checks it offline and reports what it enforces.",
      href: "/servers/new",
      action: "Connect a server",
      may: may(person, "manage_audiences"),
    },
    {
      done: setup.client,
      title: "Add a client",
      why: "Paste its client_id URL: you see what its document says and means before anything is saved.",
      href: "/clients/new",
      action: "Add a client",
      may: may(person, "register"),
    },
    {
      done: setup.reviewer || solo,
      title: "Invite a reviewer",
      why: "Growing trust takes two people: nobody approves what they asked for.",
      href: "/people#invite",
      action: "Invite a reviewer",
      may: may(person, "administer"),
    },
  ];
}
