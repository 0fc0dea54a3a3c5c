import clsx from "clsx";
import Link from "next/link";

export interface TabLink {
  href: string;
  label: string;
  count?: number;
  current: boolean;
}

/** Parts of one screen, each with its own address. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className={clsx(
            "-mb-px border-b-2 px-2.5 py-2 text-sm whitespace-nowrap -outline-offset-2",
            tab.current
              ? "border-accent font-medium text-ink"
              : "border-transparent text-ink-2 hover:text-ink",
          )}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="ml-1.5 text-xs text-ink-3 tabular-nums">{tab.count}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
