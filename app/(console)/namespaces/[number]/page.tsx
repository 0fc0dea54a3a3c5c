import { notFound } from "next/navigation";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { ClientIdentity } from "#components/client/ClientIdentity.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { journalWords } from "#components/journalWords.ts";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { ConstraintDiff, ConstraintList } from "#components/namespace/ConstraintList.tsx";
import { NamespaceChip } from "#components/namespace/NamespaceChip.tsx";
import { PatternMeaning } from "#components/namespace/PatternMeaning.tsx";
import { TrialForm } from "#components/namespace/TrialForm.tsx";
import { Page } from "#components/Page.tsx";
import { plural } from "#components/plural.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { namespacePage, type NamespacePage } from "#lib/views/namespaces/namespacePage.ts";
import { tryNamespace } from "#lib/views/namespaces/tryNamespace.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { NamespaceBanners } from "./NamespaceBanners.tsx";
import { NamespaceSide } from "./NamespaceSide.tsx";

interface Asked {
  params: Promise<{ number: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Asked) {
  return { title: `Namespace ${(await params).number}` };
}

export default async function NamespaceScreen({ params, searchParams }: Asked) {
  const person = await requirePerson();
  const { db, clock, config } = await context();
  const number = Number((await params).number);
  const seen = await namespacePage(db, clock(), person, config.solo, number);
  if (!seen) notFound();
  const query = await searchParams;
  const given = (name: string) => [query[name]].flat()[0]?.trim() || undefined;
  const clientId = given("try");
  const trial = clientId
    ? await tryNamespace(db, clock(), seen, { clientId, redirectUri: given("redirect") })
    : null;
  return (
    <Page title={seen.name} crumbs={[{ href: "/namespaces", label: "Namespaces" }]} actions={<KeepFresh />}>
      <ClientIdentity
        name={seen.name}
        clientId={seen.pattern}
        chips={
          <>
            <NamespaceChip standing={seen.standing} />
            <Chip>{plural(seen.children, "client")} seen</Chip>
            {seen.owner && <Chip>Owner: {seen.owner}</Chip>}
          </>
        }
      />
      <NamespaceBanners seen={seen} />
      <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 gap-3.5">
          {seen.difference && (
            <Card title="What is asked for" note="beyond what is approved" padded>
              <ConstraintDiff difference={seen.difference} />
            </Card>
          )}
          <Card
            title="What its clients must keep to"
            note={seen.standing === "pending" ? "as it is asked for" : "as it is in force"}
            padded
          >
            <ConstraintList lines={seen.words} />
          </Card>
          {seen.explained && (
            <Card title="What the pattern admits" padded>
              <PatternMeaning words={seen.explained} />
            </Card>
          )}
          <Card
            title="Try a client_id"
            note="would it be a client of this namespace, and what could it do?"
            id="try"
            padded
          >
            <TrialForm clientId={clientId} redirectUri={given("redirect")} trial={trial} waits={seen.open} />
          </Card>
          <Children seen={seen} />
          <History seen={seen} />
        </div>
        <NamespaceSide seen={seen} />
      </div>
    </Page>
  );
}

function Children({ seen }: { seen: NamespacePage }) {
  return (
    <Card
      id="clients"
      title="Clients that servers met"
      note={`${seen.children.toLocaleString("en")} admitted, ${seen.constraints.mostChildren.toLocaleString("en")} at most`}
    >
      <DataTable
        caption="Clients of this namespace"
        rows={seen.seen}
        rowKey={({ clientId }) => clientId}
        columns={[
          {
            key: "client",
            header: "client_id",
            className: "md:w-[66%] md:max-w-0 md:truncate",
            cell: (row) => <ClientIdText value={row.clientId} />,
          },
          {
            key: "first",
            header: "First seen",
            from: "xl",
            cell: (row) => <RelativeTime at={row.firstAt} now={seen.now} ago />,
          },
          {
            key: "last",
            header: "Last seen",
            cell: (row) => <RelativeTime at={row.lastAt} now={seen.now} ago />,
          },
          {
            key: "allowed",
            header: "Admitted",
            numeric: true,
            cell: (row) => row.allowed.toLocaleString("en"),
          },
          {
            key: "refused",
            header: "Refused",
            numeric: true,
            cell: (row) => row.refused.toLocaleString("en"),
          },
        ]}
        empty={
          <Empty title="No server met one yet">
            Servers that report sightings tell which client_ids were asked for; those of this pattern are
            counted here.
          </Empty>
        }
      />
    </Card>
  );
}

function History({ seen }: { seen: NamespacePage }) {
  return (
    <Card title="History" note={plural(seen.history.length, "line")}>
      <DataTable
        caption="History"
        rows={seen.history}
        rowKey={(row) => String(row.seq)}
        columns={[
          { key: "at", header: "When", cell: (row) => <RelativeTime at={row.at} now={seen.now} ago /> },
          { key: "who", header: "Who", cell: (row) => row.who },
          {
            key: "what",
            header: "What",
            cell: (row) => journalWords(row.action).replace(/ (of )?the namespace$/, ""),
          },
          {
            key: "why",
            header: "Why",
            className: "md:w-1/2 md:min-w-[200px] md:py-1.5! md:whitespace-normal!",
            cell: (row) => row.note ?? "–",
          },
        ]}
      />
    </Card>
  );
}
