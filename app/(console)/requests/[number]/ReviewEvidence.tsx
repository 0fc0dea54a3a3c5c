import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { checkNote } from "#components/client/checkNote.ts";
import { CheckList } from "#components/client/CheckList.tsx";
import { DocumentLines } from "#components/client/DocumentLines.tsx";
import { MeaningList } from "#components/client/MeaningList.tsx";
import { MetadataTable } from "#components/client/MetadataTable.tsx";
import { RedirectTable } from "#components/client/RedirectTable.tsx";
import { DiffLines } from "#components/DiffLines.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { KeyTimeline } from "#components/keys/KeyTimeline.tsx";
import { plural } from "#components/plural.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { AcceptBoxes } from "#components/review/AcceptBoxes.tsx";
import { ChangeList } from "#components/review/ChangeList.tsx";
import { decideFormId } from "#components/review/ChosenPart.ts";
import { RedirectMap } from "#components/review/RedirectMap.tsx";
import { checks } from "#lib/core/check/checks.ts";
import { countRedirects } from "#lib/core/explain/countRedirects.ts";
import { diffText } from "#lib/core/explain/diffText.ts";
import { explainResults } from "#lib/core/explain/explainResults.ts";
import { prettyLines } from "#lib/core/explain/prettyLines.ts";
import type { Review } from "#lib/views/review/reviewRequest.ts";

/** Everything a decision rests on: words first, then the bytes. */
export function ReviewEvidence({ review, raw, leave }: { review: Review; raw: boolean; leave?: string }) {
  const { asked, approved, changes } = review;
  const results = explainResults(asked.results, checks);
  const errors = results.filter((result) => result.severity === "error").length;
  const grave = results.filter((result) => result.severity !== "info");
  const notes = results.filter((result) => result.severity === "info");
  const differs = approved !== null && changes.length > 0;
  return (
    <>
      {differs && (
        <Card
          title="What changed"
          note={`${review.members.changed} of ${plural(review.members.all, "field")}, most serious first`}
          actions={<RawToggle review={review} raw={raw} leave={leave} />}
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
            <ChangeList changes={changes} below={({ member }) => <Boxes review={review} member={member} />} />
          )}
        </Card>
      )}
      {review.redirectMap && (
        <Card title="Who receives codes" note={redirectNote(review.redirectMap)}>
          <RedirectMap map={review.redirectMap} />
        </Card>
      )}
      {approved && review.timeline && (
        <Card title="Keys" note={keysNote(review)}>
          <KeyTimeline {...review.timeline} now={review.now} />
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
            : checkNote(results, checks.length)
        }
      >
        <CheckList results={grave} />
        {notes.length > 0 && (
          <details className="border-t border-line">
            <summary className="px-3.5 py-2 text-sm text-ink-2">
              {plural(notes.length, "note")} to read, nothing in the way
            </summary>
            <div className="border-t border-line">
              <CheckList results={notes} />
            </div>
          </details>
        )}
      </Card>
      {!differs && (
        <Card
          title="The document"
          note={approved ? "the same as was approved" : "everything in it is new"}
          actions={<RawToggle review={review} raw={raw} leave={leave} />}
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

/** Boxes for what is new in a member; of a decided request they show what was decided. */
function Boxes({ review, member }: { review: Review; member: string }) {
  return (
    <AcceptBoxes
      member={member}
      parts={review.selection.parts.filter((part) => part.member === member)}
      form={decideFormId}
      disabled={review.state !== "open" || review.voteObstacle !== null}
    />
  );
}

function redirectNote({ groups }: NonNullable<Review["redirectMap"]>): string {
  const all = groups.flatMap((group) => group.redirects);
  const count = (state: string) => all.filter((each) => each.state === state).length;
  const words = [
    [count("gained"), "new"],
    [count("lost"), "gone"],
    [count("kept"), "stay"],
  ] as const;
  return words
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(", ");
}

function keysNote({ changes, asked }: Review): string {
  const change = changes.find(({ member }) => member === "keys");
  return `${change ? "changed" : "no change"} · ${plural(asked.keys.length, "key")}`;
}

function RawToggle({ review, raw, leave }: { review: Review; raw: boolean; leave?: string }) {
  const chosen = leave === undefined ? "" : `leave=${encodeURIComponent(leave)}`;
  const query = [raw ? "" : "raw", chosen].filter(Boolean).join("&");
  const here = `/requests/${review.number}`;
  return (
    <Link
      href={query ? `${here}?${query}` : here}
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
            // What Rollcall asks for by itself stands under What changed, line by line.
            ["Reason", review.requestedBy === null && review.changes.length > 0 ? null : review.reason],
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
