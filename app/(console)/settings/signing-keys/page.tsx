import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { DataTable, type Column } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { KeyTimeline } from "#components/keys/KeyTimeline.tsx";
import { Page } from "#components/Page.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { ExposureTable } from "#components/signingKeys/ExposureTable.tsx";
import { RevokeKey } from "#components/signingKeys/RevokeKey.tsx";
import { SigningKeyStateChip } from "#components/signingKeys/SigningKeyStateChip.tsx";
import { may } from "#lib/core/may.ts";
import { signingKeys, type SigningKeyLine, type SigningKeys } from "#lib/views/signing/signingKeys.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { SettingsTabs } from "../SettingsTabs.tsx";
import { revokeKey } from "./actions.ts";
import { KeySetCard } from "./KeySetCard.tsx";
import { NextStepCard } from "./NextStepCard.tsx";

export const metadata = { title: "Signing keys" };

export default async function SigningKeysScreen() {
  const person = await requirePerson();
  const { db, clock, config } = await context();
  const found = await signingKeys(db, clock());
  const administers = may(person, "administer");
  const { now, keys, timeline, exposures } = found;
  return (
    <Page title="Settings" actions={<KeepFresh />}>
      <SettingsTabs current="signing-keys" />
      <Troubles found={found} />
      {exposures.map((exposure) => (
        <Card
          key={exposure.kid}
          title="Who still accepts the revoked key"
          note={`${exposure.kid.slice(0, 12)}…, ${exposure.reason ?? ""}`}
        >
          <ExposureTable servers={exposure.servers} now={now} />
        </Card>
      ))}
      <Card
        title="Signing keys"
        note="what every list is signed with; the private half never leaves the worker"
      >
        {keys.length > 0 && (
          <KeyTimeline
            lines={timeline.lines}
            overlaps={timeline.overlaps}
            from={timeline.from}
            to={timeline.to}
            now={now}
            bare
          />
        )}
        <DataTable
          caption="Signing keys"
          columns={columns(found, administers)}
          rows={keys}
          rowKey={(key) => key.kid}
          empty={
            <Empty title="No signing key yet">
              The worker makes the first one as it starts. If none appears within a minute, the worker is not
              running.
            </Empty>
          }
        />
      </Card>
      <div className="grid items-start gap-3.5 lg:grid-cols-2">
        <NextStepCard found={found} administers={administers} />
        <KeySetCard keySet={found.keySet} now={now} baseUrl={config.baseUrl} />
      </div>
    </Page>
  );
}

/** What somebody should do something about, over everything else. */
function Troubles({ found: { trouble, keySet, now } }: { found: SigningKeys }) {
  return (
    <>
      {trouble && (
        <Banner tone="stop" title="Nothing can be signed.">
          {trouble.sentence} Since <RelativeTime at={trouble.since} now={now} ago />; servers go on with the
          last list until it runs out.
        </Banner>
      )}
      {keySet?.urgent && (
        <Banner tone="stop" title={`Key set ${keySet.version + 1} must be signed by a root now.`}>
          {keySet.reasons.join(" ")}
        </Banner>
      )}
    </>
  );
}

function columns({ now, keySet, keys }: SigningKeys, administers: boolean): Column<SigningKeyLine>[] {
  const since = (at: number | null) => (at === null ? "–" : <RelativeTime at={at} now={now} ago />);
  return [
    {
      key: "kid",
      header: "Key (RFC 7638 thumbprint)",
      grow: true,
      cell: (it) => (
        <code className="[overflow-wrap:anywhere]" title={it.kid}>
          {it.kid}
        </code>
      ),
    },
    { key: "state", header: "State", cell: (it) => <SigningKeyStateChip state={it.state} /> },
    {
      key: "held",
      header: "Held by",
      from: "xl",
      cell: (it) => (it.external === null ? "Rollcall, sealed" : <code>{it.external}</code>),
    },
    { key: "published", header: "Published", cell: (it) => since(it.publishedAt) },
    { key: "activated", header: "Signs since", from: "lg", cell: (it) => since(it.activatedAt) },
    {
      key: "gone",
      header: "Gone",
      from: "lg",
      cell: (it) => since(it.revokedAt ?? it.retiredAt ?? null),
    },
    ...(keySet
      ? [
          {
            key: "named",
            header: "Key set",
            cell: (it: SigningKeyLine) => (it.named ? `named by ${keySet.version}` : "–"),
          },
        ]
      : []),
    ...(administers
      ? [
          {
            key: "revoke",
            header: <span className="sr-only">Revoke</span>,
            cell: (it: SigningKeyLine) =>
              it.state !== "revoked" &&
              it.state !== "retired" && (
                <RevokeKey
                  action={revokeKey}
                  kid={it.kid}
                  state={it.state}
                  consequences={consequences(it, keys, keySet?.version)}
                />
              ),
          },
        ]
      : []),
  ];
}

/** What a revocation does, and to whom. */
function consequences(
  key: SigningKeyLine,
  keys: readonly SigningKeyLine[],
  keySet: number | undefined,
): string[] {
  const next = keys.find(({ state }) => state === "next");
  const successor =
    key.state !== "active"
      ? "The key that signs stays; every list is signed anew at once."
      : next
        ? `${next.kid.slice(0, 12)}… signs from now on, and every list is signed anew at once.`
        : "The worker makes a new key that signs within seconds. Servers meet a key they do not know and read the key set once more.";
  return [
    "It leaves the published key set at once. Servers may believe their copy of it for up to 10 minutes.",
    successor,
    keySet === undefined
      ? "Every list begins a new epoch, so that nothing a thief signed is newer."
      : `Servers that follow the root accept the key until key set ${keySet + 1}, signed by the root, is published: have the root key at hand.`,
    "Servers that pin this very key take nothing until the pin is changed there.",
  ];
}
