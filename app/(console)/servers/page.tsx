import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { releasePath, serverPath } from "#components/paths.ts";
import { Propagation } from "#components/release/Propagation.tsx";
import { serverColumns } from "#components/serverColumns.tsx";
import { may } from "#lib/core/may.ts";
import { audienceStates } from "#lib/views/servers/audienceStates.ts";
import { propagation } from "#lib/views/servers/propagation.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";

export const metadata = { title: "Authorization servers" };

export default async function ServersScreen() {
  const person = await requirePerson();
  const { db, clock } = await context();
  const now = clock();
  const audiences = await audienceStates(db, now);
  const shown = await Promise.all(
    audiences.map(async (audience) => ({
      audience,
      onTheWay: audience.servers.length > 0 ? await propagation(db, audience) : null,
    })),
  );
  const mayManage = may(person, "manage_audiences");
  return (
    <Page
      title="Authorization servers"
      actions={
        <>
          <KeepFresh />
          {mayManage && (
            <LinkButton href="/servers/new" variant="primary" hotkey="n">
              Add an authorization server
            </LinkButton>
          )}
        </>
      }
    >
      {audiences.length === 0 && (
        <Card>
          <Empty
            title="No authorization server yet"
            actions={
              mayManage && (
                <LinkButton href="/servers/new" variant="primary">
                  Add an authorization server
                </LinkButton>
              )
            }
          >
            Each one gets a signed list of its own, made for its resources and scopes. It pulls the list,
            checks it offline and reports what it enforces.
          </Empty>
        </Card>
      )}
      {shown.map(({ audience, onTheWay }) => (
        <Card
          key={audience.id}
          title={
            <Link href={serverPath(audience.slug)} className="hover:underline">
              {audience.name}
            </Link>
          }
          note={audience.issuer ? <code>{audience.issuer}</code> : <Chip>no issuer named</Chip>}
          actions={
            audience.latest ? (
              <Link href={releasePath(audience.slug)} className="hover:text-ink hover:underline">
                Release {audience.latest.rev}
              </Link>
            ) : (
              "first release is being signed"
            )
          }
        >
          {onTheWay && (
            <div className="border-b border-line">
              <Propagation facts={onTheWay} />
            </div>
          )}
          <DataTable
            caption={`Servers of ${audience.name}`}
            columns={serverColumns(now)}
            rows={audience.servers}
            rowKey={(server) => server.id}
            rowHref={(server) => `${serverPath(audience.slug)}#${server.name}`}
            empty={
              <Empty
                title="No server is connected to this list"
                actions={
                  mayManage && (
                    <LinkButton href={`${serverPath(audience.slug)}#connect`}>Connect a server</LinkButton>
                  )
                }
              >
                Until one pulls the list and reports, a decision is published but not enforced.
              </Empty>
            }
          />
        </Card>
      ))}
    </Page>
  );
}
