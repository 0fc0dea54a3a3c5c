import { Card } from "#components/Card.tsx";
import { RedirectTable } from "#components/client/RedirectTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { countRedirects } from "#lib/core/explain/countRedirects.ts";
import { clientDocument } from "#lib/views/clientDocument.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** Every callback of the live and of the approved document. */
export async function RedirectsTab({ client }: TabProps) {
  const { db } = await context();
  const { live, approved } = await clientDocument(db, client.id);
  const isIn = (snapshot: typeof live, uri: string) =>
    snapshot?.redirects.some((redirect) => redirect.uri === uri) ?? false;
  const all = new Map(
    [...(approved?.redirects ?? []), ...(live?.redirects ?? [])].map((each) => [each.uri, each]),
  );
  const rows = [...all.values()].map((redirect) => ({
    ...redirect,
    live: isIn(live, redirect.uri),
    approved: isIn(approved, redirect.uri),
  }));
  return (
    <Card title="Where codes may be sent" note={countRedirects(rows)}>
      {rows.length > 0 ? (
        <RedirectTable rows={rows} />
      ) : (
        <Empty title="No redirect URI">
          {live || approved
            ? "It never receives an authorization code."
            : "No document was read yet. Press f to fetch it now."}
        </Empty>
      )}
    </Card>
  );
}
