import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { CheckList } from "#components/client/CheckList.tsx";
import { Differences } from "#components/client/Differences.tsx";
import { DocumentLines } from "#components/client/DocumentLines.tsx";
import { MeaningList } from "#components/client/MeaningList.tsx";
import { MetadataTable } from "#components/client/MetadataTable.tsx";
import { RedirectTable } from "#components/client/RedirectTable.tsx";
import { DiffLines } from "#components/DiffLines.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { plural } from "#components/plural.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { checks } from "#lib/core/check/checks.ts";
import { countRedirects } from "#lib/core/explain/countRedirects.ts";
import { diffText } from "#lib/core/explain/diffText.ts";
import { explainResults } from "#lib/core/explain/explainResults.ts";
import { prettyLines } from "#lib/core/explain/prettyLines.ts";
import type { Review } from "#lib/views/reviewRequest.ts";

/** Everything a decision rests on: words first, then the bytes. */
export function ReviewEvidence({ review, raw }: { review: Review; raw: boolean }) {
  const { asked, approved, differences } = review;
  const results = explainResults(asked.results, checks);
  const errors = results.filter((result) => result.severity === "error").length;
  return (
    <>
      {approved && differences.length > 0 && (
        <Card
          title="What changed"
          note={`${plural(differences.length, "field")}, most serious first`}
          actions={<RawToggle review={review} raw={raw} />}
        >
          {raw ? (
            <div className="p-3.5">
              <DiffLines
                label="Raw difference"
                lines={diffText(
                  prettyLines(approved.text).map((line) => line.text),
                  prettyLines(asked.text).map((line) => line.text),
                )}
              />
            </div>
          ) : (
            <Differences differences={differences} />
          )}
        </Card>
      )}
      <Asked review={review} />
      <Card title="What it means" padded>
        <MeaningList meanings={asked.meanings} />
      </Card>
      {!approved && (
        <Card title="Where codes may be sent" note={countRedirects(asked.redirects)}>
          {asked.redirects.length > 0 ? (
            <RedirectTable
              rows={asked.redirects.map((redirect) => ({
                ...redirect,
                live: asked.id === review.client.live?.id,
                approved: asked.id === review.client.approved?.id,
              }))}
            />
          ) : (
            <p className="px-3.5 py-3 text-sm text-ink-2">Nowhere: it never receives a code.</p>
          )}
        </Card>
      )}
      <Card
        id="checks"
        title="Checks"
        note={
          errors > 0
            ? `${plural(errors, "error")} in the way of an approval`
            : `${results.length} of ${checks.length} say something`
        }
      >
        <CheckList results={results} />
      </Card>
      {!(approved && differences.length > 0) && (
        <Card
          title="The document"
          note={approved ? "the same as was approved" : "everything in it is new"}
          actions={<RawToggle review={review} raw={raw} />}
        >
          {raw ? (
            <DocumentLines
              lines={prettyLines(asked.text)}
              marks={asked.results}
              label="The document as it was served"
            />
          ) : (
            <MetadataTable metadata={asked.metadata} />
          )}
        </Card>
      )}
    </>
  );
}

function RawToggle({ review, raw }: { review: Review; raw: boolean }) {
  const here = `/requests/${review.number}`;
  return (
    <Link
      href={raw ? here : `${here}?raw`}
      scroll={false}
      replace
      data-hotkey="r"
      data-hotkey-label={raw ? "Plain words" : "Raw"}
      aria-keyshortcuts="r"
      className="inline-flex items-center gap-1.5 hover:text-ink"
    >
      {raw ? "Plain words" : "Raw"} <Kbd hint>r</Kbd>
    </Link>
  );
}

function Asked({ review }: { review: Review }) {
  return (
    <Card title="What is asked" note={`for ${review.validDays} days`}>
      <div className="border-b border-line px-3.5 py-3">
        <KeyValue
          rows={[
            ["Reason", review.reason],
            [
              "Asked by",
              <>
                {review.requestedBy ?? "Rollcall, because the document changed"},{" "}
                <RelativeTime at={review.requestedAt} now={review.now} ago />
              </>,
            ],
            [
              "Runs out",
              review.state === "open" ? <RelativeTime at={review.expiresAt} now={review.now} ago /> : null,
            ],
          ]}
        />
      </div>
      <ul aria-label="Grants">
        {review.grants.map((grant) => (
          <li
            key={grant.resource}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3.5 py-2 last:border-0"
          >
            <span className="font-medium">{grant.name ?? "A resource no server has any more"}</span>
            <code className="[overflow-wrap:anywhere] text-ink-3">{grant.resource}</code>
            <span className="flex flex-wrap gap-1 md:ml-auto">
              {grant.scopes.length === 0 && <Chip>no scopes</Chip>}
              {grant.scopes.map((scope) => (
                <ScopeChip
                  key={scope}
                  scope={scope}
                  sensitive={grant.sensitive.includes(scope)}
                  gained={grant.gained.includes(scope)}
                />
              ))}
            </span>
          </li>
        ))}
        {review.losing.map((lost) => (
          <li
            key={lost}
            className="flex items-center gap-2 border-b border-line px-3.5 py-2 text-sm last:border-0"
          >
            <Chip tone="stop" shape="minus">
              goes away
            </Chip>
            <code className="[overflow-wrap:anywhere] text-ink-2">{lost}</code>
          </li>
        ))}
        {review.grants.length === 0 && (
          <li className="px-3.5 py-2 text-sm text-ink-2">Nothing: no list would carry it.</li>
        )}
      </ul>
    </Card>
  );
}

function ScopeChip({ scope, sensitive, gained }: { scope: string; sensitive: boolean; gained: boolean }) {
  return (
    <Chip
      tone={sensitive ? "high" : gained ? "accent" : "plain"}
      shape={sensitive ? "diamond" : undefined}
      title={sensitive ? "A sensitive scope: its misuse hurts" : undefined}
    >
      {gained && "new: "}
      <code>{scope}</code>
      {sensitive && <span className="sr-only"> (sensitive)</span>}
    </Chip>
  );
}
