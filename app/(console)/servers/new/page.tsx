import { ActionForm } from "#components/ActionForm.tsx";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { Checkbox } from "#components/Checkbox.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { ResourceFields } from "#components/ResourceFields.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { may } from "#lib/core/may.ts";
import { requirePerson } from "../../../session.ts";
import { addServer } from "../actions.ts";

export const metadata = { title: "Add an authorization server" };

export default async function NewServerScreen() {
  const person = await requirePerson();
  return (
    <Page title="Add" crumbs={[{ href: "/servers", label: "Authorization servers" }]}>
      {!may(person, "manage_audiences") ? (
        <Banner tone="hold">
          Your role ({person.role}) may not add authorization servers. Ask an administrator; nothing was
          changed.
        </Banner>
      ) : (
        <ActionForm action={addServer} className="grid max-w-[820px] gap-3.5" label="Authorization server">
          <Card title="Authorization server" note="one signed list is made for it" padded>
            <div className="grid gap-3.5 md:grid-cols-2">
              <TextInput
                name="name"
                label="Name"
                placeholder="Production EU"
                hint="As people call it."
                autoFocus
              />
              <TextInput
                name="slug"
                label="Short name"
                mono
                placeholder="prod-eu"
                hint="Becomes part of the list's address and can never change."
              />
              <TextInput
                name="issuer"
                label="Issuer"
                mono
                optional
                inputMode="url"
                placeholder="https://auth.example.com"
                hint="Its issuer identifier (RFC 8414). A document that claims it is noticed."
              />
              <div className="self-center pt-2">
                <Checkbox
                  name="isPrivate"
                  label="Keep the list private"
                  hint="Only a connected server's token can read it. Leave it on unless the list is meant for everybody."
                  defaultChecked
                />
              </div>
            </div>
          </Card>
          <Card title="First resource" note="what clients get access to; more can be added afterwards" padded>
            <ResourceFields prefix="resources.0." optional />
          </Card>
          <p className="flex gap-2">
            <SubmitButton busy="Adding …">Add and make its list</SubmitButton>
            <LinkButton href="/servers" variant="quiet">
              Cancel
            </LinkButton>
          </p>
        </ActionForm>
      )}
    </Page>
  );
}
