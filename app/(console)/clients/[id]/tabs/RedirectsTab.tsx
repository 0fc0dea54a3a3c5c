import { Card } from "#components/Card.tsx";
import { RedirectTable } from "#components/client/RedirectTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { countRedirects } from "#lib/core/explain/countRedirects.ts";
import { redirectHistory } from "#lib/views/clients/redirectHistory.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** Every callback it has or had: where it goes, whether it is in force, and since when. */
export async function RedirectsTab({ client }: TabProps) {
  const { db } = await context();
  const rows = await redirectHistory(db, client.id);
  const now = rows.filter(({ live, approved }) => live || approved);
  const gone = rows.filter(({ live, approved }) => !live && !approved);
  return (
    <div className="grid gap-3.5">
      <Card title="Where codes may be sent" note={countRedirects(now)}>
        {now.length > 0 ? (
          <RedirectTable rows={now} now={client.now} />
        ) : (
          <Empty title="No redirect URI">
            {client.live || client.approved
              ? "It never receives an authorization code."
              : "No document was read yet. Press f to fetch it now."}
          </Empty>
        )}
      </Card>
      {gone.length > 0 && (
        <Card title="Earlier" note="no longer in the document, and approved by nobody">
          <RedirectTable rows={gone} now={client.now} />
        </Card>
      )}
    </div>
  );
}
