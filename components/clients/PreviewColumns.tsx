import clsx from "clsx";
import { Banner } from "../Banner.tsx";
import { Card } from "../Card.tsx";
import { CheckList } from "../client/CheckList.tsx";
import { DocumentLines } from "../client/DocumentLines.tsx";
import { MeaningList } from "../client/MeaningList.tsx";
import { RiskFactors } from "../client/RiskFactors.tsx";
import { Empty } from "../Empty.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { plural } from "../plural.ts";
import type { PreviewModel } from "./PreviewModel.ts";

/** The document, what it means, and what is missing or wrong, side by side. */
export function PreviewColumns({ preview }: { preview: PreviewModel }) {
  const { fetch, keySet, existing, results } = preview;
  const errors = results.filter((result) => result.severity === "error").length;
  const warnings = results.filter((result) => result.severity === "warning").length;
  return (
    <>
      {existing && (
        <Banner
          tone="info"
          title={`This client is already in the inventory (${existing.lifecycle}).`}
          actions={<LinkButton href={`/clients/${existing.id}`}>Open it</LinkButton>}
        >
          What you see below is its document as it is right now.
        </Banner>
      )}
      {!fetch && (
        <Banner tone="stop" title="This URL cannot be a client_id, so it was not fetched.">
          {results.find((result) => result.severity === "error")?.message}
        </Banner>
      )}
      {fetch && !fetch.ok && (
        <Banner tone="stop" title="The document could not be read.">
          {fetch.sentence} Only a document that was read can be asked for: a decision binds to what it says.
        </Banner>
      )}
      {fetch?.ok && !preview.readable && (
        <Banner tone="stop" title="It answers, but not with a client document.">
          Nothing can be asked for until its publisher mends it; what is wrong stands at the right.
        </Banner>
      )}
      {keySet && !keySet.ok && (
        <Banner tone="hold" title="Its key set could not be read.">
          {keySet.sentence}
        </Banner>
      )}
      {preview.readable && errors > 0 && (
        <Banner tone="hold" title="It can be recorded, but not approved yet.">
          {errors === 1 ? "One error has" : `${errors} errors have`} to be mended by its publisher first.
        </Banner>
      )}
      <div className={clsx("grid items-start gap-3.5", preview.lines.length > 0 && "lg:grid-cols-3")}>
        {preview.lines.length > 0 && (
          <Card title="The document" note={fetch?.facts}>
            <DocumentLines lines={preview.lines} marks={results} label="The document as it was served" />
          </Card>
        )}
        {preview.lines.length > 0 && (
          <div className="grid gap-3.5">
            <Card title="What it means" padded={preview.meanings.length > 0}>
              {preview.meanings.length > 0 ? (
                <MeaningList meanings={preview.meanings} />
              ) : (
                <Empty title="Nothing to explain">What it serves is no client document.</Empty>
              )}
            </Card>
            {preview.risk && (
              <Card title="Risk" note={`${preview.risk.tier}, before anything is granted`} padded>
                <RiskFactors reasons={preview.risk.reasons} />
              </Card>
            )}
          </div>
        )}
        <Card
          id="checks"
          title="Missing or wrong"
          note={
            results.length === 0 ? "nothing" : `${plural(errors, "error")}, ${plural(warnings, "warning")}`
          }
        >
          <CheckList results={results} />
        </Card>
      </div>
    </>
  );
}
