import type { ReactNode } from "react";
import { Mark } from "./Mark.tsx";

/** A screen outside the console: sign-in, first run, invite, errors. One column, one purpose. */
export function Standalone({
  title,
  lead,
  children,
  aside,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh content-start justify-items-center px-4 py-[9vh]">
      <div className="grid w-full max-w-[400px] gap-4">
        <p className="flex items-center gap-2.5 text-[15px] font-semibold">
          <Mark size={24} /> Rollcall
        </p>
        <section className="grid gap-4 rounded-lg border border-line bg-surface p-5 shadow-float">
          <div className="grid gap-1">
            <h1 className="text-xl font-semibold tracking-[-0.01em]">{title}</h1>
            {lead && <p className="text-ink-2">{lead}</p>}
          </div>
          {children}
        </section>
        {aside && <div className="text-sm text-ink-3">{aside}</div>}
      </div>
    </main>
  );
}
