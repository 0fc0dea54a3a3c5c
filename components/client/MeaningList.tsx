import type { Meaning } from "#lib/core/explain/explainDocument.ts";
import { Shape } from "../Shape.tsx";

const topics: Record<Meaning["topic"], string> = {
  who: "Who it is",
  codes: "Where codes go",
  authenticates: "How it authenticates",
  asks: "What it may ask for",
  acts: "How it acts",
};

/** What a document means, in sentences; those a reviewer should stop at carry a sign. */
export function MeaningList({ meanings }: { meanings: readonly Meaning[] }) {
  return (
    <ul className="grid gap-2.5">
      {meanings.map((meaning, index) => (
        <li key={index} className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-1.5">
          <span className={`mt-[6px] ${meaning.tone === "careful" ? "text-hold" : "text-ink-3"}`}>
            <Shape name={meaning.tone === "careful" ? "diamond" : "ring"} />
          </span>
          <div>
            {meanings[index - 1]?.topic !== meaning.topic && (
              <h3 className="text-sm font-medium text-ink-3">{topics[meaning.topic]}</h3>
            )}
            <p className="[overflow-wrap:anywhere]">
              {meaning.tone === "careful" && <span className="sr-only">Look twice: </span>}
              {meaning.sentence}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
