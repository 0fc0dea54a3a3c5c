import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Banner } from "#components/Banner.tsx";
import { Chip } from "#components/Chip.tsx";
import { ClientIdentity } from "#components/client/ClientIdentity.tsx";
import { LifecycleChip } from "#components/LifecycleChip.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { OriginChip } from "#components/OriginChip.tsx";
import { Page } from "#components/Page.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import { SyncChip } from "#components/SyncChip.tsx";
import { TabLinks } from "#components/TabLinks.tsx";
import { relativeTime } from "#components/time.ts";
import { clientHeader, type ClientHeader } from "#lib/views/clients/clientHeader.ts";
import { context } from "../../../../context.ts";
import { requirePerson } from "../../../../session.ts";
import { ClientActs } from "../ClientActs.tsx";
import { AccessTab } from "../tabs/AccessTab.tsx";
import { ChecksTab } from "../tabs/ChecksTab.tsx";
import { DocumentTab } from "../tabs/DocumentTab.tsx";
import { EnforcementTab } from "../tabs/EnforcementTab.tsx";
import { FetchesTab } from "../tabs/FetchesTab.tsx";
import { FindingsTab } from "../tabs/FindingsTab.tsx";
import { HistoryTab } from "../tabs/HistoryTab.tsx";
import { KeysTab } from "../tabs/KeysTab.tsx";
import { OverviewTab } from "../tabs/OverviewTab.tsx";
import { RedirectsTab } from "../tabs/RedirectsTab.tsx";
import type { TabProps } from "../tabs/TabProps.ts";

const tabs = {
  "": ["Overview", OverviewTab],
  document: ["Document", DocumentTab],
  redirects: ["Redirects", RedirectsTab],
  keys: ["Keys", KeysTab],
  access: ["Access", AccessTab],
  findings: ["Findings", FindingsTab],
  checks: ["Checks", ChecksTab],
  enforcement: ["Where enforced", EnforcementTab],
  fetches: ["Fetches", FetchesTab],
  history: ["History", HistoryTab],
} as const;

interface Props {
  params: Promise<{ id: string; tab?: string[] }>;
  searchParams: Promise<TabProps["params"]>;
}

/** Once per request: the title and the page ask the same. */
const read = cache(async (id: string): Promise<ClientHeader | undefined> => {
  const person = await requirePerson();
  const ctx = await context();
  return clientHeader(ctx.db, ctx.clock(), person, id);
});

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await read((await props.params).id))?.name ?? "Client" };
}

export default async function ClientPage(props: Props) {
  const { id, tab = [] } = await props.params;
  const here = tab[0] ?? "";
  const client = await read(id);
  if (!client || tab.length > 1 || !isTab(here)) notFound();
  const [, Tab] = tabs[here];
  const base = `/clients/${client.id}`;
  return (
    <Page
      title={client.name}
      crumbs={[{ href: "/clients", label: "Clients" }]}
      actions={<ClientActs client={client} />}
    >
      <ClientIdentity name={client.name} clientId={client.clientId} chips={<HeadChips client={client} />} />
      <StateBanner client={client} />
      <TabLinks
        label={`Parts of ${client.name}`}
        tabs={Object.entries(tabs).map(([key, [label]]) => ({
          href: key ? `${base}/${key}` : base,
          label,
          ...(key === "findings" && client.findings > 0 ? { count: client.findings } : {}),
          current: key === here,
        }))}
      />
      <Tab client={client} params={await props.searchParams} />
    </Page>
  );
}

function isTab(name: string): name is keyof typeof tabs {
  return Object.hasOwn(tabs, name);
}

function HeadChips({ client }: { client: ClientHeader }) {
  return (
    <>
      <OriginChip verified={client.originVerified} />
      <LifecycleChip lifecycle={client.lifecycle} expired={client.expired} />
      <SyncChip
        sync={client.sync}
        detail={
          client.failingSince !== null && client.sync !== "in_sync" && client.sync !== "held"
            ? relativeTime(client.failingSince, client.now)
            : undefined
        }
      />
      <SeverityChip
        severity={client.riskTier}
        suffix={client.sync === "held" ? "risk as approved" : "risk"}
      />
      <Chip>{client.owner ? `Owner: ${client.owner.name}` : "Owner: nobody"}</Chip>
      {client.selfApproved && (
        <Chip
          tone="hold"
          shape="half"
          title="The person who asked also approved: there was only one reviewer."
        >
          Self-approved
        </Chip>
      )}
    </>
  );
}

function StateBanner({ client }: { client: ClientHeader }) {
  const review = client.openRequest && (
    <LinkButton href={`/requests/${client.openRequest}`} hotkey="v">
      Review request {client.openRequest}
    </LinkButton>
  );
  if (client.sync === "held" && client.lifecycle === "approved")
    return (
      <Banner tone="hold" title="The live document has more than was approved." actions={review}>
        What grew waits for a decision; servers keep using the approved copy.
      </Banner>
    );
  if (client.lifecycle === "suspended" || client.lifecycle === "blocked" || client.lifecycle === "denied")
    return (
      <Banner
        tone="stop"
        title={`${client.lifecycle[0]?.toUpperCase()}${client.lifecycle.slice(1)} ${relativeTime(client.lifecycleAt, client.now, true)}.`}
        actions={review}
      >
        {client.lifecycleReason ?? ""}
      </Banner>
    );
  if (client.expired)
    return (
      <Banner tone="stop" title="The approval has ended." actions={review}>
        Every list refuses it until it is approved again.
      </Banner>
    );
  if (client.openRequest)
    return (
      <Banner tone="info" title="A request is open." actions={review}>
        It waits for a decision.
      </Banner>
    );
  return null;
}
