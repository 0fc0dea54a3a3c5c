import Link from "next/link";
import { Fragment, type ReactNode } from "react";

export interface PageProps {
  title: ReactNode;
  crumbs?: readonly { href: string; label: string }[];
  /** Right end of the top bar. */
  actions?: ReactNode;
  children: ReactNode;
}

/** One screen: the top bar with its place and name, then the content. */
export function Page({ title, crumbs = [], actions, children }: PageProps) {
  return (
    <>
      <header className="sticky top-0 z-20 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-5 py-1.5 max-md:static max-md:px-4">
        <div className="flex min-w-0 items-baseline gap-1.5 text-ink-3">
          {crumbs.map((crumb) => (
            <Fragment key={crumb.href}>
              <Link href={crumb.href} className="hover:text-ink hover:underline">
                {crumb.label}
              </Link>
              <span aria-hidden="true">/</span>
            </Fragment>
          ))}
          <h1 className="truncate font-semibold text-ink">{title}</h1>
        </div>
        {actions && (
          <div className="ml-auto flex flex-wrap items-center gap-2 text-sm text-ink-3">{actions}</div>
        )}
      </header>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3.5 px-5 py-4.5 max-md:px-3 max-md:py-3">
        {children}
      </div>
    </>
  );
}
