import type { ReactNode } from "react";

/** Nothing here, and what to do next. */
export function Empty({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="px-4 py-9 text-center">
      <p className="font-medium">{title}</p>
      {children && <p className="mx-auto mt-1 max-w-[58ch] text-sm text-ink-2">{children}</p>}
      {actions && <p className="mt-3.5 flex flex-wrap justify-center gap-2">{actions}</p>}
    </div>
  );
}
