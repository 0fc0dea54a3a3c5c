import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { ClientIdText } from "#components/ClientIdText.tsx";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { NamespaceChip } from "#components/namespace/NamespaceChip.tsx";
import { Page } from "#components/Page.tsx";
import { namespacePath } from "#components/paths.ts";
import { dayOf } from "#components/time.ts";
import { may } from "#lib/core/may.ts";
import { namespaceList } from "#lib/views/namespaces/namespaceList.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";

export const metadata = { title: "Namespaces" };

export default async function NamespacesScreen() {
  const person = await requirePerson();
  const { db, clock } = await context();
  const namespaces = await namespaceList(db, clock());
  const propose = may(person, "register") && (
    <LinkButton href="/namespaces/new" variant="primary" hotkey="n">
      Propose a namespace
    </LinkButton>
  );
  return (
    <Page
      title="Namespaces"
      actions={
        <>
          <KeepFresh />
          {propose}
        </>
      }
    >
      <Card
        title="Patterns approved as a whole"
        note="for publishers that make a client_id per connector or per user; what stands in the inventory by itself always wins"
      >
        <DataTable
          caption="Namespaces"
          rows={namespaces}
          rowKey={({ number }) => String(number)}
          rowHref={({ number }) => namespacePath(number)}
          columns={[
            { key: "name", header: "Publisher", cell: (row) => row.name },
            {
              key: "pattern",
              header: "Pattern",
              grow: true,
              cell: (row) => <ClientIdText value={row.pattern} />,
            },
            {
              key: "state",
              header: "State",
              cell: (row) => (
                <span className="inline-flex flex-wrap gap-1">
                  <NamespaceChip standing={row.standing} />
                  {row.waits && row.standing !== "pending" && (
                    <Chip tone="hold" shape="ring">
                      Change waits
                    </Chip>
                  )}
                </span>
              ),
            },
            {
              key: "children",
              header: "Clients seen",
              numeric: true,
              cell: (row) => (
                <Link href={`${namespacePath(row.number)}#clients`} className="hover:underline">
                  {row.children.toLocaleString("en")}{" "}
                  <span className="text-ink-3">of {row.mostChildren.toLocaleString("en")}</span>
                </Link>
              ),
            },
            {
              key: "until",
              header: "Until",
              from: "lg",
              cell: (row) => (row.validUntil === null ? "–" : dayOf(row.validUntil)),
            },
            { key: "reaches", header: "Reaches", from: "xl", cell: (row) => row.reaches.join(", ") },
          ]}
          empty={
            <Empty title="No namespace yet" actions={propose}>
              Some publishers make a new client_id for every connector. Approve the pattern they are made by,
              with limits that every one of them keeps to, instead of thousands of clients one by one.
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}
