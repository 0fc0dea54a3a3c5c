import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { outcomeWords } from "#components/client/outcomeWords.ts";
import { DataTable } from "#components/DataTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { clientFetches } from "#lib/views/clients/clientFetches.ts";
import { context } from "../../../../context.ts";
import type { TabProps } from "./TabProps.ts";

/** Fetches that said something new, with their evidence: outcome, time, size, address, certificate, digest. */
export async function FetchesTab({ client }: TabProps) {
  const { db } = await context();
  const fetches = await clientFetches(db, client.id);
  const newest = fetches[0];
  const isQuiet = newest && client.lastFetchedAt !== null && client.lastFetchedAt > newest.at;
  // A certificate is told where it was first met, not at every fetch.
  const newCertificate = new Set(
    fetches
      .filter(({ tls }, at) => {
        const before = fetches.slice(at + 1).find((each) => each.tls)?.tls;
        return tls && tls.certificateSha256 !== before?.certificateSha256;
      })
      .map(({ id }) => id),
  );
  const quietSince = isQuiet ? newest.at : null;
  return (
    <Card
      title="Fetches"
      note={fetches.length === 100 ? "the last 100 with news" : `${fetches.length} with news`}
    >
      {quietSince !== null && client.lastFetchedAt !== null && (
        <p className="px-4 py-2 text-sm text-ink-2">
          Unchanged since <RelativeTime at={quietSince} now={client.now} ago />, last looked{" "}
          <RelativeTime at={client.lastFetchedAt} now={client.now} ago />. Looks that show nothing new have no
          line of their own.
        </p>
      )}
      <DataTable
        caption="Fetches"
        rows={fetches}
        rowKey={(row) => row.id}
        empty={<Empty title="Nothing was fetched yet">Press f to fetch the document now.</Empty>}
        columns={[
          { key: "at", header: "When", cell: (row) => <RelativeTime at={row.at} now={client.now} ago /> },
          {
            key: "outcome",
            header: "Result",
            cell: (row) => (
              <Chip
                tone={row.outcome === "ok" || row.outcome === "not_modified" ? "ok" : "info"}
                shape={row.outcome === "ok" || row.outcome === "not_modified" ? "tick" : "minus"}
              >
                {outcomeWords(row.outcome)}
              </Chip>
            ),
          },
          {
            key: "what",
            header: "What",
            from: "lg",
            cell: (row) => (row.kind === "jwks" ? "key set" : row.kind),
          },
          {
            key: "sentence",
            header: "In words",
            className: "md:w-1/2 md:min-w-[200px] md:py-1.5! md:whitespace-normal!",
            cell: (row) => (
              <>
                {row.sentence}
                {row.tls && newCertificate.has(row.id) && (
                  <span className="block text-xs text-ink-3">
                    {row.tls.protocol} · {visibleText(row.tls.subject, 80)} · by{" "}
                    {visibleText(row.tls.issuer, 80)}
                    {" · "}until {row.tls.validTo.slice(0, 10)} ·{" "}
                    <code>{row.tls.certificateSha256.slice(0, 12)}</code>
                  </span>
                )}
              </>
            ),
          },
          { key: "status", header: "Status", numeric: true, cell: (row) => row.status ?? "—" },
          { key: "ms", header: "Time", numeric: true, cell: (row) => `${row.milliseconds} ms` },
          {
            key: "bytes",
            header: "Bytes",
            numeric: true,
            from: "lg",
            cell: (row) => row.bytes.toLocaleString("en"),
          },
          { key: "address", header: "Address", from: "xl", cell: (row) => <code>{row.address ?? "—"}</code> },
          {
            key: "digest",
            header: "Digest",
            from: "xl",
            cell: (row) => <code>{row.digest?.slice(0, 12) ?? "—"}</code>,
          },
        ]}
      />
    </Card>
  );
}
