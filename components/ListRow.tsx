import Link from "next/link";
import type { ReactNode } from "react";

export interface ListRowProps {
  href: string;
  /** Chip at the left end. */
  lead?: ReactNode;
  title: ReactNode;
  /** What to do about it, quiet. */
  note?: ReactNode;
  /** Right end: age, number. */
  end?: ReactNode;
  /** Buttons that act on this row (their hotkeys count while the row has focus). */
  actions?: ReactNode;
}

/** One line of a list that opens something; put it in a `<ul>`. Keys `j k o` come from the page's Keyboard. */
export function ListRow({ href, lead, title, note, end, actions }: ListRowProps) {
  return (
    <li
      data-row=""
      className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-3.5 py-1.5 last:rounded-b-lg last:border-0 md:flex-nowrap"
    >
      {lead && <span className="flex w-[78px] shrink-0 items-center">{lead}</span>}
      <Link href={href} data-open="" className="min-w-0 basis-full font-medium md:flex-[10_1_0] md:truncate">
        {title}
      </Link>
      {note && <span className="min-w-0 flex-1 text-sm text-ink-3 md:flex-[7_1_0] md:truncate">{note}</span>}
      {actions && <span className="flex shrink-0 gap-1.5">{actions}</span>}
      {end && (
        <span className="ml-auto shrink-0 text-sm text-ink-3 tabular-nums md:min-w-13 md:text-right">
          {end}
        </span>
      )}
    </li>
  );
}
