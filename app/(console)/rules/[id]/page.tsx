import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "#components/Card.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { LifecycleChip } from "#components/LifecycleChip.tsx";
import { Page } from "#components/Page.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import { checks } from "#lib/core/check/checks.ts";
import { ruleHits } from "#lib/views/ruleHits.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";

interface Props {
  params: Promise<{ id: string }>;
}

const shownHits = 100;

const consequences = {
  error: "The document is invalid. Nobody can approve it until its publisher mends it.",
  warning: "A reviewer weighs it. It does not stand in the way of an approval.",
  info: "Worth knowing. Nothing follows from it.",
} as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function RulePage({ params }: Props) {
  await requirePerson();
  const { id } = await params;
  const check = checks.find((each) => each.id === id);
  if (!check) notFound();
  const ctx = await context();
  const { hits, clients } = await ruleHits(ctx.db, check.id, check.severity, shownHits);
  return (
    <Page title={check.title} crumbs={[{ href: "/rules", label: "Rules" }]}>
      <Card padded>
        <div className="grid gap-3">
          <p className="max-w-[76ch] text-lg">{check.rationale}</p>
          <KeyValue
            rows={[
              ["Severity", <SeverityChip key="s" severity={check.severity} />],
              ["What follows", consequences[check.severity]],
              ["Clause", check.clause],
              ["Id", <code key="i">{check.id}</code>],
              ["Catches", <code key="e">{check.example}</code>],
            ]}
          />
        </div>
      </Card>
      <Card
        title="Clients it speaks about now"
        note={clients > shownHits ? `${shownHits} of ${clients}` : `${clients}`}
      >
        <DataTable
          caption="Clients"
          rows={hits}
          rowKey={(row) => row.id}
          rowHref={(row) => `/clients/${row.id}/checks`}
          empty={<Empty title="None">No live document in the inventory has this.</Empty>}
          columns={[
            { key: "name", header: "Client", cell: (row) => row.name },
            {
              key: "id",
              header: "client_id",
              grow: true,
              cell: (row) => <ClientIdText value={row.clientId} />,
            },
            { key: "trust", header: "Trust", cell: (row) => <LifecycleChip lifecycle={row.lifecycle} /> },
            {
              key: "severity",
              header: "Severity",
              cell: (row) => <SeverityChip severity={row.result.severity} />,
            },
            {
              key: "message",
              header: "What it says",
              className: "md:w-1/2 md:min-w-[200px] md:py-1.5! md:whitespace-normal!",
              cell: (row) => row.result.message,
            },
          ]}
        />
      </Card>
    </Page>
  );
}
