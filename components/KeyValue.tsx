import { Fragment, type ReactNode } from "react";

/** Facts in two columns. Rows whose value is null are left out. */
export function KeyValue({
  rows,
  wide = false,
}: {
  rows: readonly (readonly [string, ReactNode])[];
  wide?: boolean;
}) {
  return (
    <dl
      className={`grid gap-x-3 gap-y-1.5 text-sm ${wide ? "grid-cols-[140px_minmax(0,1fr)]" : "grid-cols-[104px_minmax(0,1fr)]"}`}
    >
      {rows.map(
        ([name, value]) =>
          value != null && (
            <Fragment key={name}>
              <dt className="text-ink-3">{name}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere] tabular-nums">{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}
