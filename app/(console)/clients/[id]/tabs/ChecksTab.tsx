import { Card } from "#components/Card.tsx";
import { checkNote } from "#components/client/checkNote.ts";
import { CheckList } from "#components/client/CheckList.tsx";
import { Empty } from "#components/Empty.tsx";
import { checks } from "#lib/core/check/checks.ts";
import { explainResults } from "#lib/core/explain/explainResults.ts";
import { clientDocument } from "#lib/views/clients/clientDocument.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** Everything the checks say about the live document. */
export async function ChecksTab({ client }: TabProps) {
  const { db } = await context();
  const { shown } = await clientDocument(db, client.now, client.id);
  if (!shown)
    return (
      <Card>
        <Empty title="Nothing to check yet">No document was read. Press f to fetch it now.</Empty>
      </Card>
    );
  const results = explainResults(shown.results, checks);
  return (
    <Card title="Checks" note={`${checkNote(results, checks.length)}, profile ${client.profile}`}>
      <CheckList results={results} />
    </Card>
  );
}
