import Link from "next/link";

/** A column's header as a link that sorts by it, or turns the order round. */
export function SortLink({
  href,
  sorted,
  children,
}: {
  href: string;
  sorted?: "ascending" | "descending";
  children: string;
}) {
  return (
    <Link href={href} scroll={false} className="inline-flex items-center gap-1 rounded-sm hover:text-ink">
      {children}
      <span aria-hidden="true" className={sorted ? "text-ink" : "invisible"}>
        {sorted === "descending" ? "↓" : "↑"}
      </span>
      <span className="sr-only">{sorted ? `, sorted ${sorted}` : ", sort"}</span>
    </Link>
  );
}
