import { Card } from "#components/Card.tsx";
import { Empty } from "#components/Empty.tsx";
import { FindingsTable } from "#components/finding/FindingsTable.tsx";
import { findingPath } from "#components/paths.ts";
import { clientFindings } from "#lib/views/clients/clientFindings.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** What was found about it: what stands, then what was settled. */
export async function FindingsTab({ client }: TabProps) {
  const { db } = await context();
  const { standing, settled, cut } = await clientFindings(db, client.now, client.id);
  return (
    <>
      <Card title="Standing" note={standing.length}>
        <FindingsTable
          caption="Standing findings"
          rows={standing}
          now={client.now}
          hrefOf={(number) => findingPath(number)}
          ofOneClient
          empty={
            <Empty title="Nothing stands against it">
              When its document changes for the worse, cannot be read, or its keys grow old, it says so here.
            </Empty>
          }
        />
      </Card>
      {settled.length > 0 && (
        <Card title="Settled" note={cut ? "the last ones" : settled.length}>
          <FindingsTable
            caption="Settled findings"
            rows={settled}
            now={client.now}
            hrefOf={(number) => findingPath(number)}
            ofOneClient
          />
        </Card>
      )}
    </>
  );
}
