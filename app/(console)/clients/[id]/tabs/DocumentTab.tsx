import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { CompareForm } from "#components/client/CompareForm.tsx";
import { DocumentLines } from "#components/client/DocumentLines.tsx";
import { MetadataTable } from "#components/client/MetadataTable.tsx";
import { VersionTable } from "#components/client/VersionTable.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { prettyLines } from "#lib/core/explain/prettyLines.ts";
import { clientDocument, type ShownSnapshot, type VersionLine } from "#lib/views/clients/clientDocument.ts";
import { compareTwo } from "#lib/views/clients/compareTwo.ts";
import { context } from "../../../../context.ts";
import { requirePerson } from "../../../../session.ts";
import { ComparedCard } from "./ComparedCard.tsx";
import { CopyBanners } from "./CopyBanners.tsx";
import type { TabProps } from "./TabProps.ts";

/** The document as it was served, every version of it, and any two of them side by side. */
export async function DocumentTab({ client, params }: TabProps) {
  const [{ db, config }, person] = await Promise.all([context(), requirePerson()]);
  const number = (name: string) => {
    const value = Number.parseInt(String([params[name]].flat()[0] ?? ""), 10);
    return Number.isSafeInteger(value) && value > 0 && value < 2 ** 31 ? value : undefined;
  };
  const [from, to] = [number("from"), number("to")];
  const document = await clientDocument(db, client.now, client.id, number("snapshot"));
  const { shown, versions } = document;
  const compared =
    from !== undefined && to !== undefined
      ? await compareTwo(db, client.now, client.id, from, to)
      : undefined;
  const base = `/clients/${client.id}/document`;
  const banners = (
    <CopyBanners
      client={client}
      document={document}
      person={person}
      baseUrl={config.baseUrl}
      solo={config.solo}
    />
  );
  if (!shown)
    return (
      <div className="grid gap-3.5">
        {banners}
        <Card>
          <Empty title="No document was read yet">
            Press f to fetch it now. What came of each try is under Fetches.
          </Empty>
        </Card>
      </div>
    );
  const usual = usualPair(versions);
  return (
    <div className="grid gap-3.5">
      {banners}
      <Card
        title="Versions"
        note={String(versions.length)}
        actions={
          versions.length > 1 && (
            <CompareForm
              action={base}
              versions={versions.map((each) => ({ number: each.number, words: wordsOf(each) }))}
              from={from ?? usual.from}
              to={to ?? usual.to}
            />
          )
        }
      >
        <div className="max-h-[320px] overflow-y-auto max-md:max-h-none">
          <VersionTable rows={versions} base={base} shown={compared ? null : shown.number} now={client.now} />
        </div>
      </Card>
      {compared ? (
        <ComparedCard compared={compared} base={base} raw={params["raw"] !== undefined} now={client.now} />
      ) : from !== undefined && to !== undefined ? (
        <Card>
          <Empty title="One of these versions is not there">Choose two of the versions above.</Empty>
        </Card>
      ) : (
        <OneDocument
          shown={shown}
          client={client.id}
          isCopy={versions.find(({ number }) => number === shown.number)?.attested === true}
        />
      )}
    </div>
  );
}

/** What people compare first: the approved version with the live one, else the two newest. */
function usualPair(versions: readonly VersionLine[]): { from: number; to: number } {
  const approved = versions.find(({ isApproved }) => isApproved)?.number;
  const live = versions.find(({ isLive }) => isLive)?.number;
  const [newest, before = newest] = versions.map(({ number }) => number);
  return approved !== undefined && live !== undefined && approved !== live
    ? { from: approved, to: live }
    : { from: before ?? 1, to: newest ?? 1 };
}

function wordsOf({ isLive, isApproved, attested }: VersionLine): string {
  return [isLive && "live", isApproved && "approved", attested && "copy"].filter(Boolean).join(", ");
}

function OneDocument(props: { shown: ShownSnapshot; client: string; isCopy: boolean }) {
  const { shown, client, isCopy } = props;
  return (
    <div className="grid items-start gap-3.5 lg:grid-cols-2">
      <Card
        title={isCopy ? "As it was uploaded" : "As it was served"}
        note={`version ${shown.number}, printed for reading`}
      >
        <DocumentLines
          lines={prettyLines(shown.text)}
          marks={shown.results}
          label={`Document, version ${shown.number}`}
          checks={`/clients/${client}/checks`}
        />
      </Card>
      <div className="grid min-w-0 gap-3.5">
        <Card title="What it means" note="defaults applied">
          <MetadataTable metadata={shown.metadata} />
        </Card>
        <Card title="Digests" note="SHA-256" padded>
          <KeyValue
            wide
            rows={[
              ["A vote binds to", <code key="d">{shown.digest}</code>],
              ["Exact bytes", <code key="r">{shown.rawDigest}</code>],
              ["RFC 8785 form", <code key="c">{shown.canonicalDigest}</code>],
              ["Meaning", <code key="s">{shown.semanticDigest}</code>],
              ["Key set", shown.keySetDigest && <code key="k">{shown.keySetDigest}</code>],
            ]}
          />
        </Card>
        <p className="px-0.5 text-sm text-ink-3">
          What the checks say is under{" "}
          <Link href={`/clients/${client}/checks`} className="underline underline-offset-2">
            Checks
          </Link>
          .
        </p>
      </div>
    </div>
  );
}
