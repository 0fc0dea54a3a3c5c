import type { Metadata } from "next";
import { AddClient } from "#components/clients/AddClient.tsx";
import { Card } from "#components/Card.tsx";
import { Empty } from "#components/Empty.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { may } from "#lib/core/may.ts";
import { registerChoices } from "#lib/views/clients/registerChoices.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { preview, record, register } from "./actions.ts";

export const metadata: Metadata = { title: "Add a client" };

export default async function AddClientPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const person = await requirePerson();
  const ctx = await context();
  const { teams, resources } = await registerChoices(ctx.db);
  const clientId = [(await searchParams)["client_id"]].flat()[0];
  return (
    <Page title="Add a client" crumbs={[{ href: "/clients", label: "Clients" }]}>
      {may(person, "register") ? (
        <AddClient
          preview={preview}
          register={register}
          record={record}
          teams={teams}
          resources={resources}
          clientId={clientId}
          ownTeam={person.teamIds[0]}
        />
      ) : (
        <Card>
          <Empty
            title="Your role reads only"
            actions={<LinkButton href="/clients">Back to the clients</LinkButton>}
          >
            An auditor sees everything and changes nothing. Ask a member to add the client.
          </Empty>
        </Card>
      )}
    </Page>
  );
}
