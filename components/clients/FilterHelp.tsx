const words: readonly (readonly [string, string])[] = [
  ["lifecycle:approved,pending", "Also discovered, suspended, denied, blocked, retired, expired."],
  ["sync:held", "Also in_sync, challenged, unreachable, gone, never_fetched."],
  ['owner:"AI Platform"', "Name of a team; none for nobody, any for somebody."],
  ["risk:high,critical", "Also medium, low."],
  [
    "redirect:other_site",
    "Also same_host, same_site, loopback, shared_host, private_scheme, http_remote, none.",
  ],
  ["host:claude.ai", "Exactly this host. domain: takes every host below it."],
  ["expires:30d", "Approvals that end within so many days."],
  ["profile:mcp", "Also ietf, atproto."],
];

/** The filter language on one page, opened beside the field. */
export function FilterHelp() {
  return (
    <details className="relative">
      <summary className="inline-flex h-8 list-none items-center rounded-md border border-line-strong bg-raised px-3 text-sm font-medium [&::-webkit-details-marker]:hidden">
        Filters
      </summary>
      <div
        id="filter-help"
        className="absolute right-0 z-30 mt-1 w-[min(560px,calc(100vw-2rem))] rounded-lg border border-line bg-raised p-3.5 text-sm shadow-float max-md:right-auto max-md:left-0"
      >
        <p className="text-ink-2">
          Words narrow the list together; values after a colon, separated by commas, are alternatives.
          Anything else is looked for in the name and the client_id.
        </p>
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
