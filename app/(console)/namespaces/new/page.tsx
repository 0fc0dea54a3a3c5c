import { ActionForm } from "#components/ActionForm.tsx";
import { Card } from "#components/Card.tsx";
import { Empty } from "#components/Empty.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { ConstraintFields } from "#components/namespace/ConstraintFields.tsx";
import { PatternField } from "#components/namespace/PatternField.tsx";
import { ReasonFields } from "#components/namespace/ReasonFields.tsx";
import { Page } from "#components/Page.tsx";
import { Select } from "#components/Select.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { may } from "#lib/core/may.ts";
import { registerChoices } from "#lib/views/clients/registerChoices.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { propose } from "../actions.ts";

export const metadata = { title: "Propose a namespace" };

export default async function NewNamespaceScreen() {
  const person = await requirePerson();
  const { db } = await context();
  const { teams, resources } = await registerChoices(db);
  return (
    <Page title="Propose a namespace" crumbs={[{ href: "/namespaces", label: "Namespaces" }]}>
      {!may(person, "register") ? (
        <Card>
          <Empty
            title="Your role reads only"
            actions={<LinkButton href="/namespaces">Back to the namespaces</LinkButton>}
          >
            An auditor sees everything and changes nothing. Ask a member to propose it.
          </Empty>
        </Card>
      ) : (
        <ActionForm action={propose} className="grid max-w-[900px] gap-3.5" label="Namespace">
          <Card title="Pattern" note="every client_id that is made by it is let in unseen" padded>
            <PatternField />
          </Card>
          <Card title="What its clients must keep to" note="the most any of them may have" padded>
            <ConstraintFields resources={resources} />
          </Card>
          <Card title="Who answers for it" padded>
            <div className="grid gap-3.5 md:grid-cols-2">
              <TextInput name="name" label="Publisher" placeholder="Chat connectors" maxLength={120} />
              <Select
                name="ownerTeamId"
                label="Owner team"
                hint="Who keeps it up to date and is asked first."
                placeholder="Choose a team"
                defaultValue={person.teamIds[0] ?? ""}
                options={teams.map((team) => ({ value: team.id, label: team.name }))}
              />
              <TextInput
                name="sponsor"
                label="Sponsor"
                hint="The person who answers for it."
                maxLength={500}
              />
              <TextInput
                name="purpose"
                label="Purpose"
                hint="What people use its clients for."
                maxLength={500}
              />
              <ReasonFields />
            </div>
          </Card>
          <p className="flex gap-2">
            <SubmitButton busy="Proposing …">Propose it to two reviewers</SubmitButton>
            <LinkButton href="/namespaces" variant="quiet">
              Cancel
            </LinkButton>
          </p>
        </ActionForm>
      )}
    </Page>
  );
}
