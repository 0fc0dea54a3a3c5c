import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  header: ReactNode;
  /** The header in plain words for cards, where it is more than a word: a link that sorts. */
  label?: string;
  /** The rows are sorted by this column. */
  sorted?: "ascending" | "descending";
  cell: (row: Row) => ReactNode;
  /** Right-aligned tabular figures. */
  numeric?: boolean;
  /** Takes the room that is left and cuts long text with an ellipsis. */
  grow?: boolean;
  /** Goes away below this width (1080 or 1400 px); cards on a phone show it again. */
  from?: "lg" | "xl";
  className?: string;
}

export interface DataTableProps<Row> {
  /** Read out by screen readers, not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where the row opens; the first column becomes the link. */
  rowHref?: (row: Row) => string;
  /** A checkbox before the row's link. */
  rowSelect?: (row: Row) => ReactNode;
  /** Shown instead of the rows when there are none. */
  empty?: ReactNode;
  /** Offset of the sticky header: 48 px under the top bar. */
  stickyTop?: string;
}

const hidden = { lg: "md:max-lg:hidden", xl: "md:max-xl:hidden" } as const;

/**
 * A plain table with a sticky header; below 720 px each row is a card. Roles are written out because a table
 * laid out as blocks loses them. Keys `j k x o` come from the page's Keyboard.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowHref,
  rowSelect,
  empty,
  stickyTop = "top-12",
}: DataTableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <table role="table" className="w-full border-separate border-spacing-0 max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className={clsx("sticky z-10 max-md:sr-only", stickyTop)}>
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              aria-sort={column.sorted}
              className={clsx(
                "h-8 border-b border-line bg-surface px-2.5 text-left text-xs font-medium whitespace-nowrap text-ink-3 first:rounded-tl-[calc(var(--radius-lg)-1px)] first:pl-3.5 last:rounded-tr-[calc(var(--radius-lg)-1px)] last:pr-3.5",
                column.numeric && "text-right",
                column.from && hidden[column.from],
              )}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            data-row=""
            className="group max-md:flex max-md:flex-col max-md:gap-1.5 max-md:border-b max-md:border-line max-md:px-3.5 max-md:py-3 max-md:last:border-0"
          >
            {columns.map((column, index) => (
              <td
                key={column.key}
                role="cell"
                className={clsx(
                  "h-9 border-b border-line px-2.5 whitespace-nowrap group-last:border-0 first:pl-3.5 last:pr-3.5 max-md:h-auto max-md:border-0 max-md:p-0! max-md:whitespace-normal",
                  index > 0 && "max-md:grid max-md:grid-cols-[112px_minmax(0,1fr)] max-md:gap-2",
                  column.numeric && "text-right tabular-nums max-md:text-left",
                  column.grow && "w-1/2 max-w-0 truncate max-md:w-auto max-md:max-w-none",
                  column.from && hidden[column.from],
                  column.className,
                )}
              >
                {index > 0 && (
                  <span aria-hidden="true" className="text-sm text-ink-3 md:hidden">
                    {column.label ?? column.header}
                  </span>
                )}
                {index === 0 && rowSelect?.(row)}
                {index === 0 && rowHref ? (
                  <Link href={rowHref(row)} data-open="" className="font-medium">
                    {column.cell(row)}
                  </Link>
                ) : (
                  <span className="max-md:min-w-0 max-md:[overflow-wrap:anywhere]">{column.cell(row)}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
