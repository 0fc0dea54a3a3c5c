import Link from "next/link";
import type { ReactNode } from "react";
import type { ShownChange, ShownRule } from "#lib/core/explain/ShownChange.ts";
import { DiffLines } from "../DiffLines.tsx";
import { SeverityChip } from "../SeverityChip.tsx";

/**
 * What changed, member by member: a sentence, why it matters, the lines, the rule. `below` puts something under the
 * lines of a member, e.g. boxes to accept parts of it.
 */
export function ChangeList({
  changes,
  below,
}: {
  changes: readonly ShownChange[];
  below?: (change: ShownChange) => ReactNode;
}) {
  return (
    <ul className="@container" aria-label="Changes">
      {changes.map((change) => (
        <li
          key={change.member}
          className="grid border-b border-line last:border-0 @min-[560px]:grid-cols-[172px_minmax(0,1fr)]"
        >
          <div className="border-line px-3.5 pt-3 @min-[560px]:border-r @min-[560px]:pb-3">
            <SeverityChip severity={change.severity} />
            <code className="mt-1.5 block [overflow-wrap:anywhere] text-ink-2">{change.member}</code>
          </div>
          <div className="min-w-0 px-3.5 py-3">
            <h3 className="font-semibold [overflow-wrap:anywhere]">{change.title}</h3>
            <p className="mt-0.5 max-w-[74ch] text-ink-2">{change.why}</p>
            {change.others.map((other) => (
              <Also key={other.sentence} rule={other} />
            ))}
            {change.lines.length > 0 && (
              <div className="mt-2">
                <DiffLines
                  label={`Lines of ${change.member}`}
                  lines={change.lines.map(({ grave, note, ...line }) => ({
                    ...line,
                    note: grave ? <b className="font-semibold">{note}</b> : note,
                  }))}
                />
              </div>
            )}
            <div className="mt-2 flex flex-wrap items-start gap-x-4 gap-y-1.5 text-sm">
              {below?.(change)}
              <p className="ml-auto text-right text-ink-3">
                <RuleLink rule={change} />
              </p>
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What a less serious rule adds about the same member. */
function Also({ rule }: { rule: ShownRule }) {
  return (
    <p className="mt-1.5 max-w-[74ch] [overflow-wrap:anywhere] text-ink-2">
      <SeverityChip severity={rule.severity} /> {rule.title}.{" "}
      <span className="text-sm text-ink-3">
        <RuleLink rule={rule} />
      </span>
    </p>
  );
}

function RuleLink({ rule: { rule, clause } }: { rule: ShownRule }) {
  return (
    <>
      <Link href={`/rules/${rule}`} className="underline underline-offset-2 hover:text-ink">
        {rule.replace(/^drift\./, "")}
      </Link>
      {clause && <span title={clause}> · {clause.replaceAll(draft, "CIMD draft")}</span>}
    </>
  );
}

const draft = "draft-ietf-oauth-client-id-metadata-document";
