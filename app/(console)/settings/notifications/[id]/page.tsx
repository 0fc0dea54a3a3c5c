import { notFound } from "next/navigation";
import { ActionForm } from "#components/ActionForm.tsx";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { ChannelConditionChip } from "#components/channels/ChannelConditionChip.tsx";
import { ChannelFields } from "#components/channels/ChannelFields.tsx";
import { ChannelWishes } from "#components/channels/ChannelWishes.tsx";
import { type Delivery, DeliveryList } from "#components/channels/DeliveryList.tsx";
import { channelPath, channelsPath } from "#components/channels/paths.ts";
import { RemoveChannel } from "#components/channels/RemoveChannel.tsx";
import { Replay } from "#components/channels/Replay.tsx";
import { RotateSecret } from "#components/channels/RotateSecret.tsx";
import { TestChannel } from "#components/channels/TestChannel.tsx";
import { Checkbox } from "#components/Checkbox.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { Page } from "#components/Page.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { may } from "#lib/core/may.ts";
import { channelById } from "#lib/views/channels/channels.ts";
import { deliveries } from "#lib/views/channels/deliveries.ts";
import { teamChoices } from "#lib/views/people/teamChoices.ts";
import { context } from "../../../../context.ts";
import { requirePerson } from "../../../../session.ts";
import { changeChannel, endChannel, rotateSecret, sendAgain, tryChannel } from "../actions.ts";
import { DeliveryFilter } from "../DeliveryFilter.tsx";
import { DeliveryPages } from "../DeliveryPages.tsx";
import { readDeliveryQuery, type Query } from "../readDeliveryQuery.ts";

export const metadata = { title: "Channel" };

export default async function ChannelScreen(props: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Query>;
}) {
  const person = await requirePerson();
  const { id } = await props.params;
  const query = readDeliveryQuery(await props.searchParams);
  const { db, clock, notify } = await context();
  const now = clock();
  const channel = may(person, "read_channels") ? await channelById(db, notify.kinds, id) : undefined;
  if (!channel) notFound();
  const [log, teams] = await Promise.all([deliveries(db, { ...query, channelId: id }, 50), teamChoices(db)]);
  const administers = may(person, "administer");
  const path = channelPath(id);
  return (
    <Page
      title={channel.name}
      crumbs={[
        { href: "/settings", label: "Settings" },
        { href: channelsPath, label: "Notifications" },
      ]}
      actions={administers && <RemoveChannel action={endChannel} id={id} name={channel.name} />}
    >
      <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_380px]">
        <div className="grid min-w-0 gap-3.5">
          {channel.offReason && (
            <Banner tone="stop" title="It switched itself off.">
              {channel.offReason} Correct the address and switch it on again, then replay what failed.
            </Banner>
          )}
          {channel.condition === "failing" && (
            <Banner tone="stop" title="It does not get through.">
              {channel.last?.sentence}
            </Banner>
          )}
          <Card
            title="Delivery log"
            note="newest first"
            actions={
              administers &&
              channel.active &&
              channel.failed > 0 && (
                <Replay
                  action={sendAgain}
                  member="channelId"
                  id={id}
                  label={`Replay what failed (${channel.failed})`}
                  spoken={`Replay what failed (${channel.failed})`}
                />
              )
            }
          >
            <div className="border-b border-line px-3.5 py-2">
              <DeliveryFilter path={path} state={query.state} />
            </div>
            <DeliveryList
              deliveries={log.deliveries}
              now={now}
              act={(delivery) =>
                administers && channel.active && isEnded(delivery) ? (
                  <Replay
                    action={sendAgain}
                    member="id"
                    id={delivery.id}
                    label="Replay"
                    spoken={`Replay: ${delivery.title}`}
                  />
                ) : null
              }
            />
            {log.deliveries.length === 0 && (
              <Empty title={query.state ? "Nothing here" : "Nothing sent yet"}>
                {query.state
                  ? "No delivery of this channel is in this state."
                  : "Send a test to see whether it gets through."}
              </Empty>
            )}
            <DeliveryPages path={path} query={query} next={log.nextCursor} />
          </Card>
        </div>
        <div className="grid gap-3.5">
          <Card title="State" actions={<ChannelConditionChip condition={channel.condition} />} padded>
            <div className="grid gap-3">
              <KeyValue
                rows={[
                  ["Kind", channel.kindTitle],
                  ["Sends to", <code key="where">{channel.where}</code>],
                  [
                    "Last sent",
                    channel.last ? <RelativeTime key="last" at={channel.last.at} now={now} ago /> : "never",
                  ],
                  ["It said", channel.last?.sentence ?? null],
                  ["Waiting", channel.waiting > 0 ? channel.waiting : null],
                  ["For the digest", channel.collecting > 0 ? channel.collecting : null],
                  [
                    "Old secret",
                    channel.previousSecretUntil !== null && channel.previousSecretUntil > now ? (
                      <span key="old">
                        still signs; ends <RelativeTime at={channel.previousSecretUntil} now={now} />
                      </span>
                    ) : null,
                  ],
                ]}
              />
              {administers && (
                <>
                  <TestChannel action={tryChannel} id={id} />
                  {channel.signs && (
                    <p>
                      <RotateSecret action={rotateSecret} id={id} name={channel.name} />
                    </p>
                  )}
                </>
              )}
            </div>
          </Card>
          {administers && (
            <Card title="Settings" padded>
              <ActionForm action={changeChannel} done="Saved" label="Settings of the channel">
                <input type="hidden" name="id" value={id} />
                <input type="hidden" name="kind" value={channel.kind} />
                <input type="hidden" name="revision" value={channel.revision} />
                <TextInput name="name" label="Name" defaultValue={channel.name} />
                <ChannelFields fields={channel.fields} stored={channel.settings} />
                <ChannelWishes
                  teams={teams}
                  minimumSeverity={channel.minimumSeverity}
                  topics={channel.topics}
                  teamId={channel.teamId}
                />
                <Checkbox
                  name="active"
                  label="Switched on"
                  hint="Off: nothing is sent, and what waits is given up."
                  defaultChecked={channel.active}
                />
                <p>
                  <SubmitButton busy="Saving …">Save</SubmitButton>
                </p>
              </ActionForm>
            </Card>
          )}
        </div>
      </div>
    </Page>
  );
}

function isEnded({ state }: Delivery): boolean {
  return state === "failed" || state === "delivered";
}
