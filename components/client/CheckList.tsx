import Link from "next/link";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { ExplainedResult } from "#lib/core/explain/explainResults.ts";
import { SeverityChip } from "../SeverityChip.tsx";

/** What the checks found: the sentence, why it matters, where it stands, the rule and its clause in small print. */
export function CheckList({ results }: { results: readonly ExplainedResult[] }) {
  if (results.length === 0)
    return <p className="px-3.5 py-3 text-sm text-ink-2">Every check passed: nothing is missing or wrong.</p>;
  return (
    <ul className="@container">
      {results.map((result, index) => (
        <li
          key={index}
          id={`check-${index}`}
          className="grid gap-x-3 gap-y-1 border-b border-line px-3.5 py-2.5 last:border-0 @min-[520px]:grid-cols-[88px_minmax(0,1fr)]"
        >
          <span>
            <SeverityChip severity={result.severity} />
          </span>
          <div className="min-w-0">
            <h3 className="font-medium [overflow-wrap:anywhere]">{result.message}</h3>
            {result.rationale && <p className="mt-0.5 max-w-[74ch] text-sm text-ink-2">{result.rationale}</p>}
            <p className="mt-1 flex flex-wrap gap-x-2 text-xs text-ink-3 [overflow-wrap:anywhere]">
              {result.path && <code>{visibleText(result.path, 120)}</code>}
              <Link href={`/rules/${result.rule}`} className="underline underline-offset-2 hover:text-ink">
                {result.rule}
              </Link>
              {result.clause && <span>{result.clause}</span>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
