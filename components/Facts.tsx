import type { ReactNode } from "react";

/** Short facts side by side, each under its name. Those whose value is null are left out. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(128px,1fr))] gap-x-4 gap-y-2 text-sm">
      {rows.map(
        ([name, value]) =>
          value != null && (
            <div key={name}>
              <dt className="text-xs text-ink-3">{name}</dt>
              <dd className="tabular-nums">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
