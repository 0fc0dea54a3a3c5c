import { LinkButton } from "../LinkButton.tsx";
import { plural } from "../plural.ts";

/** Which part of a long list is shown, and the pages before and after it. */
export function Pager({
  noun,
  from,
  to,
  of,
  previous,
  next,
}: {
  /** What is listed, for one of it. */
  noun: string;
  from: number;
  to: number;
  of: number;
  previous?: string;
  next?: string;
}) {
  const n = (value: number) => value.toLocaleString("en");
  return (
    <nav aria-label="Pages" className="flex items-center gap-2 text-sm text-ink-3">
      <span className="tabular-nums">
        {of <= to && from === 1 ? plural(of, noun) : `${n(from)}–${n(to)} of ${n(of)}`}
      </span>
      {previous && (
        <LinkButton href={previous} hotkey="[" rel="prev">
          Previous
        </LinkButton>
      )}
      {next && (
        <LinkButton href={next} hotkey="]" rel="next">
          Next
        </LinkButton>
      )}
    </nav>
  );
}
