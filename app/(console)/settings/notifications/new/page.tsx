import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { AddChannel } from "#components/channels/AddChannel.tsx";
import { addChannelPath, channelsPath } from "#components/channels/paths.ts";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { may } from "#lib/core/may.ts";
import { teamChoices } from "#lib/views/people/teamChoices.ts";
import { context } from "../../../../context.ts";
import { requirePerson } from "../../../../session.ts";
import { addChannel } from "../actions.ts";
import type { Query } from "../readDeliveryQuery.ts";

export const metadata = { title: "Add a channel" };

const crumbs = [
  { href: "/settings", label: "Settings" },
  { href: channelsPath, label: "Notifications" },
];

export default async function NewChannelScreen({ searchParams }: { searchParams: Promise<Query> }) {
  const person = await requirePerson();
  if (!may(person, "administer"))
    return (
      <Page title="Add a channel" crumbs={crumbs}>
        <Banner tone="hold">
          Your role ({person.role}) may not add channels. Ask an administrator; nothing was changed.
        </Banner>
      </Page>
    );
  const asked = (await searchParams)["kind"];
  const { db, notify, config } = await context();
  const kind = notify.kinds.find((each) => each.kind === asked);
  if (!kind)
    return (
      <Page title="Add a channel" crumbs={crumbs}>
        <div className="grid gap-3.5 md:grid-cols-2">
          {notify.kinds.map((each) => (
            <Card key={each.kind} title={each.title} padded>
              <p className="mb-3 text-ink-2">{each.about}</p>
              <LinkButton href={addChannelPath(each.kind)} aria-label={`Choose ${each.title}`}>
                Choose
              </LinkButton>
            </Card>
          ))}
        </div>
      </Page>
    );
  return (
    <Page title="Add a channel" crumbs={crumbs}>
      {kind.kind === "email" && !config.smtpUrl && (
        <Banner tone="hold" title="No mail server is set up.">
          An operator sets <code>ROLLCALL_SMTP_URL</code> in the environment of both processes; until then
          nothing can be sent by mail.
        </Banner>
      )}
      <AddChannel
        action={addChannel}
        kind={kind.kind}
        kindTitle={kind.title}
        about={kind.about}
        fields={kind.fields}
        teams={await teamChoices(db)}
      />
    </Page>
  );
}
