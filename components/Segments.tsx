import clsx from "clsx";
import Link from "next/link";
import type { TabLink } from "./TabLinks.tsx";

/** Ready-made filters side by side, each a link: All 412 · Held 9 · … */
export function Segments({ label, items }: { label: string; items: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="flex max-w-full overflow-x-auto rounded-md border border-line-strong">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.current ? "true" : undefined}
          className={clsx(
            "border-r border-line px-2.5 py-[5px] text-sm whitespace-nowrap -outline-offset-2 first:rounded-l-[5px] last:rounded-r-[5px] last:border-0",
            item.current
              ? "bg-accent-soft font-medium text-accent-ink"
              : "bg-surface text-ink-2 hover:bg-sunken",
          )}
        >
          {item.label}{" "}
          {item.count !== undefined && (
            <span className="tabular-nums">{item.count.toLocaleString("en")}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
