import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { Choice } from "#components/Choice.tsx";
import { Chip } from "#components/Chip.tsx";
import { DataTable, type Column } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { Page } from "#components/Page.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { RevokeToken } from "#components/RevokeToken.tsx";
import { tokenRoleWords } from "#components/roleWords.ts";
import { SecretForm } from "#components/SecretForm.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { duration } from "#components/time.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import { tokensAndKeys, type TokenLine } from "#lib/views/signing/tokensAndKeys.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";
import { endToken, makeToken } from "./actions.ts";
import { OwnAccount } from "./OwnAccount.tsx";
import { SettingsTabs } from "./SettingsTabs.tsx";

export const metadata = { title: "Settings" };

export default async function SettingsScreen() {
  const person = await requirePerson();
  const { db, clock, config } = await context();
  const { tokens, now } = await tokensAndKeys(db, clock());
  const administers = may(person, "administer");
  return (
    <Page title="Settings">
      <SettingsTabs current="general" />
      <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="grid min-w-0 gap-3.5">
          <Card title="API tokens" note="for pipelines, tools and connected servers">
            <DataTable
              caption="API tokens"
              columns={tokenColumns(now, administers)}
              rows={tokens}
              rowKey={(token) => token.id}
              empty={
                <Empty title="No token yet">
                  A pipeline that checks documents, or a tool that reads the inventory, signs in with a token.
                  {administers ? " Issue one here." : " Ask an administrator for one."}
                </Empty>
              }
            />
          </Card>
        </div>
        <div className="grid gap-3.5">
          {administers ? (
            <Card title="Issue a token" padded>
              <SecretForm
                action={makeToken}
                label="Token"
                member="token"
                sentence="Copy the token now. It is shown this once: only its hash is kept."
              >
                <TextInput
                  name="name"
                  label="Name"
                  placeholder="deploy pipeline"
                  hint="What uses it, so that it can be ended later."
                />
                <Choice
                  name="role"
                  label="Role"
                  value="ci"
                  options={(["ci", "reader", "operator"] as const).map((role) => ({
                    value: role,
                    label: tokenRoleWords[role].title,
                    hint: tokenRoleWords[role].does,
                  }))}
                />
                <TextInput
                  name="days"
                  label="Works for"
                  type="number"
                  min={1}
                  max={730}
                  defaultValue={365}
                  hint="Days, 1 to 730."
                />
                <p>
                  <SubmitButton busy="Issuing …">Issue the token</SubmitButton>
                </p>
              </SecretForm>
            </Card>
          ) : (
            <Banner>Administrators issue and revoke tokens. You can read which there are.</Banner>
          )}
          <OwnAccount email={person.email} />
          <Card title="This installation" note="set in the environment" padded>
            <KeyValue
              wide
              rows={[
                ["Address", <code key="url">{config.baseUrl}</code>],
                ["Approvals", config.solo ? "one person may decide alone" : "two people, always"],
                ["A list ends after", duration(config.headLifetimeSeconds * second)],
                ["Signed again every", duration(config.resignSeconds * second)],
                ["Servers ask every", duration(config.headTtlSeconds * second)],
                ["Approvals wait", duration(config.approvalDelayMs)],
                ["Sessions last", `${config.sessionHours} h`],
                ["Documents up to", `${config.documentMaxBytes.toLocaleString("en")} bytes`],
              ]}
            />
          </Card>
        </div>
      </div>
    </Page>
  );
}

function tokenColumns(now: Instant, administers: boolean): Column<TokenLine>[] {
  return [
    { key: "name", header: "Name", grow: true, cell: (it) => <span className="font-medium">{it.name}</span> },
    { key: "role", header: "Role", cell: (it) => tokenRoleWords[it.role].title },
    {
      key: "state",
      header: "State",
      cell: (it) =>
        it.works ? (
          <Chip tone="ok" shape="tick">
            works
          </Chip>
        ) : (
          <Chip shape="minus">{it.revokedAt === null ? "has run out" : "revoked"}</Chip>
        ),
    },
    {
      key: "used",
      header: "Last used",
      cell: (it) =>
        it.lastUsedAt === null ? (
          <span className="text-ink-3">never</span>
        ) : (
          <RelativeTime at={it.lastUsedAt} now={now} ago />
        ),
    },
    {
      key: "ends",
      header: "Ends",
      cell: (it) =>
        it.expiresAt === null ? (
          <span className="text-ink-3">when revoked</span>
        ) : (
          <RelativeTime at={it.expiresAt} now={now} />
        ),
    },
    { key: "by", header: "Issued by", from: "xl", cell: (it) => it.by ?? "Rollcall" },
    ...(administers
      ? [
          {
            key: "revoke",
            header: <span className="sr-only">Revoke</span>,
            cell: (it: TokenLine) => it.works && <RevokeToken action={endToken} id={it.id} name={it.name} />,
          },
        ]
      : []),
  ];
}
