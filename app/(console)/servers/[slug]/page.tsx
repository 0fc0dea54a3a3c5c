import Link from "next/link";
import { notFound } from "next/navigation";
import { ActionForm } from "#components/ActionForm.tsx";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { CodeLine } from "#components/CodeLine.tsx";
import { ConnectServer } from "#components/ConnectServer.tsx";
import { Empty } from "#components/Empty.tsx";
import { Facts } from "#components/Facts.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { clientsPath, releasePath } from "#components/paths.ts";
import { ExportChoices } from "#components/release/ExportChoices.tsx";
import { Propagation } from "#components/release/Propagation.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { ResourceFields } from "#components/ResourceFields.tsx";
import { ServerConditionChip } from "#components/ServerConditionChip.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { duration } from "#components/time.ts";
import { may } from "#lib/core/may.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { exportChoices } from "#lib/views/releases/exportChoices.ts";
import { serverPage, type ResourceLine } from "#lib/views/servers/serverPage.ts";
import type { ServerState } from "#lib/views/servers/serverState.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { connectServer, saveServerResource } from "../actions.ts";

interface Asked {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: Asked) {
  return { title: (await params).slug };
}

export default async function ServerScreen({ params }: Asked) {
  const person = await requirePerson();
  const { db, clock, config } = await context();
  const seen = await serverPage(db, clock(), config.baseUrl, (await params).slug);
  if (!seen) notFound();
  const { audience, resources, now } = seen;
  const mayManage = may(person, "manage_audiences");
  return (
    <Page
      title={audience.name}
      crumbs={[{ href: "/servers", label: "Authorization servers" }]}
      actions={
        <>
          <KeepFresh />
          <LinkButton href={releasePath(audience.slug)}>Its releases</LinkButton>
        </>
      }
    >
      <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_372px]">
        <div className="grid min-w-0 gap-3.5">
          {seen.held && (
            <Banner
              tone="hold"
              title={`Its list is rolled back to release ${seen.held.rev}.`}
              actions={<Link href={releasePath(audience.slug)}>Look at it</Link>}
            >
              {seen.held.by}: “{seen.held.reason}”
            </Banner>
          )}
          <Card title="Servers" note={`${audience.servers.length} connected`}>
            {audience.servers.length === 0 ? (
              <Empty title="No server is connected yet">
                Name one below: you get its enrolment string and a token. Until it pulls and reports,
                decisions are published but not enforced.
              </Empty>
            ) : (
              <ul>
                {audience.servers.map((server) => (
                  <Server key={server.id} server={server} now={now} />
                ))}
              </ul>
            )}
          </Card>
          {audience.servers.length > 0 && (
            <Card
              title="Releases on their way"
              note="from signing until each server said that it runs them; “all servers” is the time until it was safe"
            >
              <Propagation facts={seen.propagation} />
            </Card>
          )}
          {mayManage && (
            <Card id="connect" title="Connect a server" padded>
              <ConnectServer
                action={connectServer}
                audienceId={audience.id}
                statusUrl={`${config.baseUrl}/v1/consumers/{id}/status`}
              />
            </Card>
          )}
          <Card
            id="exports"
            title="In the words of other products"
            note="for servers that cannot verify a list themselves; never wider than it is"
          >
            <ExportChoices
              choices={exportChoices(config.baseUrl, audience.slug)}
              isPrivate={audience.isPrivate}
            />
          </Card>
          <Card id="resources" title="Resources and scopes" note="what a client can be granted here">
            {resources.length === 0 ? (
              <Empty title="No resource yet">
                A client is listed here once it is approved for one of this server&apos;s resources. Add the
                first one below.
              </Empty>
            ) : (
              <ul>
                {resources.map((resource) => (
                  <Resource
                    key={resource.id}
                    resource={resource}
                    audienceId={audience.id}
                    mayManage={mayManage}
                  />
                ))}
              </ul>
            )}
          </Card>
          {mayManage && (
            <Card title="Add a resource" padded>
              <ActionForm
                action={saveServerResource}
                clear
                done="The resource is saved"
                label="Add a resource"
              >
                <input type="hidden" name="audienceId" value={audience.id} />
                <ResourceFields />
                <p>
                  <SubmitButton busy="Saving …" variant="default">
                    Add the resource
                  </SubmitButton>
                </p>
              </ActionForm>
            </Card>
          )}
        </div>
        <aside aria-label="About this list" className="grid gap-3.5">
          <Card title="Its list" padded>
            <KeyValue
              rows={[
                ["Short name", <code key="slug">{audience.slug}</code>],
                ["Issuer", audience.issuer ? <code key="issuer">{audience.issuer}</code> : "not named"],
                ["Readable by", audience.isPrivate ? "connected servers only" : "everybody"],
                [
                  "Newest release",
                  audience.latest ? (
                    <Link
                      key="rev"
                      href={releasePath(audience.slug)}
                      className="underline underline-offset-2"
                    >
                      {audience.latest.rev}, {audience.latest.count} clients
                    </Link>
                  ) : (
                    "being signed"
                  ),
                ],
                [
                  "Changed",
                  audience.changedAt && <RelativeTime key="at" at={audience.changedAt} now={now} ago />,
                ],
                [
                  "Last signed",
                  audience.latest && (
                    <RelativeTime key="signed" at={audience.latest.issuedAt} now={now} ago />
                  ),
                ],
                [
                  "Ends",
                  audience.latest && <RelativeTime key="ends" at={audience.latest.expiresAt} now={now} />,
                ],
                ["Added", <RelativeTime key="added" at={audience.createdAt} now={now} ago />],
              ]}
            />
          </Card>
          <Card title="Enrolment string" padded>
            <p className="mb-2 text-sm text-ink-2">
              Where a server starts: the head&apos;s address, the root key it follows when there is one, and
              the lowest sequence it may accept, so that an old list cannot be played to it.
            </p>
            <CodeLine value={seen.enrolment} label="Enrolment string" />
          </Card>
        </aside>
      </div>
    </Page>
  );
}

function Server({ server, now }: { server: ServerState; now: Instant }) {
  return (
    <li id={server.name} className="grid gap-1.5 border-b border-line px-3.5 py-3 last:border-0">
      <p className="flex flex-wrap items-center gap-2">
        <b className="font-semibold">{server.name}</b>
        <ServerConditionChip condition={server.condition} behind={server.behind} />
        {server.enforcement === "report_only" && (
          <Chip tone="hold" shape="ring">
            only reports
          </Chip>
        )}
        <span className="text-sm text-ink-2">{server.sentence}</span>
      </p>
      <Facts
        rows={[
          ["Runs release", server.rev === null ? null : `${server.rev} (sequence ${server.seq})`],
          [
            "Lag",
            server.behindSince !== null ? (
              <>
                {server.behind} {server.behind === 1 ? "release" : "releases"}, for{" "}
                <RelativeTime at={server.behindSince} now={now} />
              </>
            ) : server.pickedUpIn !== null ? (
              `none; picked up in ${duration(server.pickedUpIn)}`
            ) : null,
          ],
          [
            "Last pull",
            server.pulledAt === null ? "never" : <RelativeTime at={server.pulledAt} now={now} ago />,
          ],
          [
            "Last report",
            server.reportedAt === null ? "never" : <RelativeTime at={server.reportedAt} now={now} ago />,
          ],
          [
            "Failing",
            server.failingSince === null ? null : (
              <>
                for <RelativeTime at={server.failingSince} now={now} />
              </>
            ),
          ],
          [
            "Its clock",
            server.clockSkew === null
              ? null
              : `${duration(Math.abs(server.clockSkew))} ${server.clockSkew > 0 ? "ahead of" : "behind"} ours: set it right, or it will refuse lists`,
          ],
          ["Instances", server.instances === 0 ? null : server.instances],
          [
            "Software",
            server.software &&
              `${server.software}, ${server.mode === "mirror" ? "mirrors the list" : "asks per client"}`,
          ],
        ]}
      />
    </li>
  );
}

function Resource({
  resource,
  audienceId,
  mayManage,
}: {
  resource: ResourceLine;
  audienceId: string;
  mayManage: boolean;
}) {
  return (
    <li className="grid gap-1.5 border-b border-line px-3.5 py-3 last:border-0">
      <p className="flex flex-wrap items-baseline gap-x-2.5">
        <b className="font-semibold">{resource.name}</b>
        <code className="text-ink-2 [overflow-wrap:anywhere]">{resource.uri}</code>
        <Link
          href={clientsPath("lifecycle:approved")}
          className="ml-auto text-sm text-ink-3 hover:text-ink hover:underline"
        >
          {resource.clients} {resource.clients === 1 ? "client" : "clients"}
        </Link>
      </p>
      <p className="flex flex-wrap gap-1.5">
        {resource.scopes.length === 0 && <span className="text-sm text-ink-3">no scopes</span>}
        {resource.scopes.map((scope) => (
          <Chip
            key={scope}
            tone={resource.sensitiveScopes.includes(scope) ? "high" : "plain"}
            shape={resource.sensitiveScopes.includes(scope) ? "diamond" : undefined}
            className="font-mono"
          >
            {scope}
            {resource.sensitiveScopes.includes(scope) && <span className="font-sans"> · sensitive</span>}
          </Chip>
        ))}
      </p>
      {mayManage && (
        <details className="text-sm">
          <summary className="w-fit rounded-sm text-ink-3 hover:text-ink">Change</summary>
          <div className="pt-2">
            <ActionForm
              action={saveServerResource}
              done="The resource is saved"
              label={`Change ${resource.name}`}
            >
              <input type="hidden" name="audienceId" value={audienceId} />
              <ResourceFields values={resource} />
              <p>
                <SubmitButton busy="Saving …" variant="default">
                  Save the scopes
                </SubmitButton>
              </p>
            </ActionForm>
          </div>
        </details>
      )}
    </li>
  );
}
