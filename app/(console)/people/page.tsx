import { ActionForm } from "#components/ActionForm.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { Avatar } from "#components/Avatar.tsx";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { DataTable, type Column } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { Page } from "#components/Page.tsx";
import { clientsPath } from "#components/paths.ts";
import { PersonForm } from "#components/PersonForm.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { RoleChoice } from "#components/RoleChoice.tsx";
import { roleWords } from "#components/roleWords.ts";
import { SecretForm } from "#components/SecretForm.tsx";
import { Select } from "#components/Select.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { may } from "#lib/core/may.ts";
import type { Instant } from "#lib/core/Instant.ts";
import {
  peopleAndTeams,
  type PeopleAndTeams,
  type PersonLine,
  type TeamLine,
} from "#lib/views/people/peopleAndTeams.ts";
import Link from "next/link";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";
import { addTeam, decideRole, invite, savePerson } from "./actions.ts";

export const metadata = { title: "People" };

export default async function PeopleScreen() {
  const person = await requirePerson();
  const { db, clock } = await context();
  const seen = await peopleAndTeams(db, clock());
  const administers = may(person, "administer");
  return (
    <Page title="People">
      <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 gap-3.5">
          <Card title="People" note={seen.people.length}>
            <DataTable
              caption="People and their roles"
              columns={personColumns(seen, administers, may(person, "review") ? person.id : null)}
              rows={seen.people}
              rowKey={(each) => each.id}
            />
          </Card>
          <Card title="Teams" note="a team owns clients; its people look after them">
            <DataTable
              caption="Teams"
              columns={teamColumns}
              rows={seen.teams}
              rowKey={(team) => team.id}
              rowHref={(team) => clientsPath(`owner:${JSON.stringify(team.name)}`)}
              empty={
                <Empty title="No team yet">
                  Every client needs an owning team: somebody who answers when its document changes.
                  {administers ? " Add the first one here." : " Ask an administrator to add one."}
                </Empty>
              }
            />
            {administers && (
              <div className="border-t border-line px-3.5 py-3">
                <ActionForm action={addTeam} clear done="The team is added" label="Add a team">
                  <div className="flex flex-wrap items-end gap-2">
                    <div className="min-w-0 flex-1 basis-52">
                      <TextInput name="name" label="New team" placeholder="Developer Platform" />
                    </div>
                    <SubmitButton variant="default" busy="Adding …" className="h-[32px]!">
                      Add the team
                    </SubmitButton>
                  </div>
                </ActionForm>
              </div>
            )}
          </Card>
        </div>
        <div className="grid gap-3.5">
          {administers ? (
            <Card id="invite" title="Invite someone" padded>
              <SecretForm
                action={invite}
                label="Invite link"
                member="link"
                sentence="Send this link to them yourself. It works once, for seven days, and is shown only now."
              >
                <TextInput
                  name="email"
                  label="E-mail address"
                  type="email"
                  optional
                  hint="Given, only this address can use the link."
                />
                <RoleChoice value="reviewer" />
                <Select
                  name="teamId"
                  label="Team"
                  optional
                  placeholder="no team"
                  options={seen.teams.map((team) => ({ value: team.id, label: team.name }))}
                />
                <p>
                  <SubmitButton busy="Making the link …">Make an invite link</SubmitButton>
                </p>
              </SecretForm>
            </Card>
          ) : (
            <Banner>Administrators invite people and change roles. You can read who is here.</Banner>
          )}
          {seen.invites.length > 0 && <Invites seen={seen} />}
        </div>
      </div>
    </Page>
  );
}

function Invites({ seen }: { seen: PeopleAndTeams }) {
  return (
    <Card title="Invites that still work" note={seen.invites.length}>
      <ul>
        {seen.invites.map((each, index) => (
          <li
            key={index}
            className="flex flex-wrap items-baseline gap-x-2 border-b border-line px-3.5 py-2 text-sm last:border-0"
          >
            <b className="font-medium">{each.email ?? "whoever has the link"}</b>
            <span className="text-ink-2">
              {roleWords[each.role].title.toLowerCase()}
              {each.team ? ` of ${each.team}` : ""}
            </span>
            <span className="ml-auto text-ink-3">
              ends <RelativeTime at={each.expiresAt} now={seen.now} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function personColumns(
  seen: PeopleAndTeams,
  administers: boolean,
  /** Who looks, when they may confirm the roles of others. */
  reviewerId: string | null,
): Column<PersonLine>[] {
  const now: Instant = seen.now;
  return [
    {
      key: "name",
      header: "Name",
      cell: (it) => (
        <span className="inline-flex items-center gap-2 font-medium">
          <Avatar name={it.name} /> {it.name}
        </span>
      ),
    },
    {
      key: "email",
      header: "E-mail address",
      cell: (it) => <span className="text-ink-2">{it.email}</span>,
    },
    {
      key: "role",
      header: "Role",
      cell: (it) =>
        it.active ? (
          <>
            {roleWords[it.role].title}
            {it.asked && (
              <AskedRole person={it} asked={it.asked} decides={reviewerId !== null && reviewerId !== it.id} />
            )}
          </>
        ) : (
          <>
            {roleWords[it.role].title} <Chip shape="minus">left</Chip>
          </>
        ),
    },
    {
      key: "teams",
      header: "Teams",
      grow: true,
      cell: (it) => it.teams.map((team) => team.name).join(", ") || <span className="text-ink-3">none</span>,
    },
    {
      key: "since",
      header: "Since",
      from: "xl",
      cell: (it) => <RelativeTime at={it.createdAt} now={now} ago />,
    },
    ...(administers
      ? [
          {
            key: "change",
            header: <span className="sr-only">Change</span>,
            cell: (it: PersonLine) => (
              <PersonForm
                action={savePerson}
                teams={seen.teams.map(({ id, name }) => ({ id, name }))}
                person={{ ...it, teamIds: it.teams.map((team) => team.id) }}
              />
            ),
          },
        ]
      : []),
  ];
}

/** A role that waits: whoever gave it cannot confirm it, and is told so. */
function AskedRole({
  person,
  asked,
  decides,
}: {
  person: PersonLine;
  asked: NonNullable<PersonLine["asked"]>;
  decides: boolean;
}) {
  const role = roleWords[asked.role].title.toLowerCase();
  return (
    <span className="ml-2 inline-flex flex-wrap items-center gap-1.5">
      <Chip tone="info" shape="dashed">
        {role}, not confirmed
      </Chip>
      {decides && (
        <>
          <ActDialog
            action={decideRole.bind(null, person.id, "confirm")}
            label="Confirm"
            title={`Confirm ${person.name} as ${role}`}
            description={`${asked.by} gave this role. Make sure, by another way than this page, that ${person.email} is who joined: a second account is no second person.`}
            done="Confirmed"
          >
            <p className="text-sm">A reviewer is one of the two who agree.</p>
          </ActDialog>
          <ActDialog
            action={decideRole.bind(null, person.id, "refuse")}
            label="Refuse"
            title={`Refuse ${person.name} the role of ${role}`}
            description="They stay what they are. An administrator may give the role again."
            done="Refused"
          >
            <p className="text-sm">{person.email}</p>
          </ActDialog>
        </>
      )}
    </span>
  );
}

const teamColumns: Column<TeamLine>[] = [
  { key: "name", header: "Team", grow: true, cell: (it) => it.name },
  { key: "people", header: "People", numeric: true, cell: (it) => it.people },
  {
    key: "clients",
    header: "Clients",
    numeric: true,
    cell: (it) => (
      <Link href={clientsPath(`owner:${JSON.stringify(it.name)}`)} className="hover:underline">
        {it.clients}
      </Link>
    ),
  },
];
