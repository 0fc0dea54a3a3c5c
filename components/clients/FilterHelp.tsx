/** The filter language on one page, opened beside the field. */
export function FilterHelp({
  intro,
  words,
}: {
  intro: string;
  words: readonly (readonly [word: string, meaning: string])[];
}) {
  return (
    <details className="relative">
      <summary className="inline-flex h-8 list-none items-center rounded-md border border-line-strong bg-raised px-3 text-sm font-medium [&::-webkit-details-marker]:hidden">
        Filters
      </summary>
      <div
        id="filter-help"
        className="absolute right-0 z-30 mt-1 w-[min(560px,calc(100vw-2rem))] rounded-lg border border-line bg-raised p-3.5 text-sm shadow-float max-md:right-auto max-md:left-0"
      >
        <p className="text-ink-2">{intro}</p>
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5">
          {words.map(([word, meaning]) => (
            <div key={word} className="contents">
              <dt>
                <code className="rounded-sm bg-accent-soft px-1.5 text-accent-ink">{word}</code>
              </dt>
              <dd className="text-ink-2">{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}
