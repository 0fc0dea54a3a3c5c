import clsx from "clsx";
import { useId, type ReactNode } from "react";

export interface CardProps {
  title?: ReactNode;
  /** A quiet word beside the title. */
  note?: ReactNode;
  /** Right end of the header: links or buttons. */
  actions?: ReactNode;
  children: ReactNode;
  /** Give the body the usual padding; leave it out for tables and lists. */
  padded?: boolean;
  id?: string;
  className?: string;
}

/** A surface with a hairline. With a title it is a labelled region. */
export function Card({ title, note, actions, children, padded = false, id, className }: CardProps) {
  const heading = useId();
  return (
    <section
      id={id}
      aria-labelledby={title ? heading : undefined}
      className={clsx("min-w-0 rounded-lg border border-line bg-surface", className)}
    >
      {title && (
        <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-line px-3.5 py-[9px]">
          <h2 id={heading} className="text-md leading-[22px] font-semibold">
            {title}
          </h2>
          {note && <span className="text-sm text-ink-3 tabular-nums">{note}</span>}
          {actions && <span className="ml-auto flex items-center gap-2 text-sm text-ink-3">{actions}</span>}
        </header>
      )}
      {padded ? <div className="px-3.5 py-3">{children}</div> : children}
    </section>
  );
}
