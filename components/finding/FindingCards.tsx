import Link from "next/link";
import type { Instant } from "#lib/core/Instant.ts";
import { RelativeTime } from "../RelativeTime.tsx";
import { SeverityChip } from "../SeverityChip.tsx";
import { FindingStateChip } from "./FindingStateChip.tsx";
import { Owners, Regressed, SelectFinding, Where, type ShownFinding } from "./FindingsTable.tsx";
import { TimeLeft } from "./TimeLeft.tsx";

export interface CardColumn {
  readonly key: "open" | "acknowledged" | "snoozed" | "proposed";
  readonly lines: readonly ShownFinding[];
  readonly matching: number;
}

const titles: Record<CardColumn["key"], readonly [string, string, string]> = {
  open: ["Open", "Nobody has said that they saw it.", "Nothing waits to be seen."],
  acknowledged: ["Acknowledged", "Somebody deals with it.", "Nothing is being dealt with."],
  snoozed: ["Snoozed", "It rests until a date or a change.", "Nothing rests."],
  proposed: ["Second person", "Somebody proposed to put it aside.", "No proposal waits."],
};

/** What is not settled as cards, one column for each place where it can stand. */
export function FindingCards({
  columns,
  now,
  hrefOf,
  allHref,
}: {
  columns: readonly CardColumn[];
  now: Instant;
  hrefOf: (number: number) => string;
  allHref: (column: CardColumn["key"]) => string;
}) {
  return (
    <div className="grid items-start gap-3 md:grid-cols-2 lg:grid-cols-4">
      {columns.map(({ key, lines, matching }) => {
        const [title, why, none] = titles[key];
        return (
          <section key={key} aria-labelledby={`column-${key}`} className="min-w-0">
            <h2
              id={`column-${key}`}
              className="flex items-baseline gap-2 border-b border-line-strong px-0.5 pb-1.5 text-md font-semibold"
            >
              {title}
              <span className="text-sm font-normal text-ink-3 tabular-nums">
                {matching.toLocaleString("en")}
              </span>
            </h2>
            {lines.length === 0 ? (
              <p className="px-3.5 py-5 text-center text-sm text-ink-3">{none}</p>
            ) : (
              <>
                <p className="px-0.5 pt-1.5 text-xs text-ink-3">{why}</p>
                <ul aria-label={title} className="grid gap-2 pt-2">
                  {lines.map((line) => (
                    <FindingCard key={line.number} line={line} now={now} href={hrefOf(line.number)} />
                  ))}
                </ul>
              </>
            )}
            {matching > lines.length && (
              <p className="px-0.5 pt-2 text-sm">
                <Link href={allHref(key)} className="underline underline-offset-2">
                  All {matching.toLocaleString("en")} as a list
                </Link>
              </p>
            )}
          </section>
        );
      })}
    </div>
  );
}

function FindingCard({ line, now, href }: { line: ShownFinding; now: Instant; href: string }) {
  return (
    <li data-row="" className="grid gap-1.5 rounded-md border border-line bg-surface px-2.5 py-2">
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <SelectFinding number={line.number} />
        <SeverityChip severity={line.severity} />
        <Regressed times={line.regressions} />
        <span className="ml-auto text-xs text-ink-3">
          <RelativeTime at={line.since} now={now} />
        </span>
      </div>
      <Link href={href} data-open="" className="line-clamp-3 font-medium [overflow-wrap:anywhere]">
        {line.message}
      </Link>
      <p className="flex min-w-0 text-sm">
        <Where row={line} />
      </p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2">
        <span className="min-w-0 truncate">
          <Owners names={line.owners} /> · {line.assignee?.name ?? "nobody has it"}
        </span>
        <span className="ml-auto">
          {line.proposal ? (
            <FindingStateChip state={line.state} proposal={line.proposal} />
          ) : (
            <TimeLeft due={line.due} untilChange={line.untilChange} now={now} />
          )}
        </span>
      </p>
    </li>
  );
}
