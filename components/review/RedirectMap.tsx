import clsx from "clsx";
import type { CSSProperties } from "react";
import type { MappedRedirect, RedirectGroup, RedirectMap as Map } from "#lib/core/explain/mapRedirects.ts";
import { DataTable } from "../DataTable.tsx";
import { RedirectChip } from "../client/RedirectTable.tsx";

const head = 24;
const row = 22;
const foot = 5;
const gap = 8;
const middle = 72;

const marks = { kept: "", gained: "+", lost: "−" } as const;
const words = { kept: "stays", gained: "new", lost: "gone" } as const;

/** Who receives sign-in codes: the client on the left, receivers by organisation on the right. With a table of the same. */
export function RedirectMap({ map }: { map: Map }) {
  const tops = topsOf(map.groups);
  const height = tops.at(-1)?.end ?? 0;
  return (
    <>
      <div
        role="img"
        aria-label={`Who receives sign-in codes of ${map.from}. ${map.text}`}
        className="px-3.5 py-3 md:grid md:h-(--height) md:grid-cols-[minmax(84px,190px)_72px_minmax(0,1fr)]"
        style={{ "--height": `${height + 24}px` } as CSSProperties}
      >
        <div className="self-center max-md:mb-2 rounded-md border border-line-strong bg-sunken px-2.5 py-1.5 text-sm">
          <b className="block font-semibold [overflow-wrap:anywhere]">{map.from}</b>
          <span className="text-ink-3">sends codes to</span>
        </div>
        <svg
          width={middle}
          height={height}
          viewBox={`0 0 ${middle} ${height}`}
          className="block max-md:hidden"
          aria-hidden="true"
        >
          {tops.flatMap(({ group, rows }) =>
            rows.map(({ redirect, y }) => (
              <Edge key={redirect.uri} from={height / 2} to={y} group={group} state={redirect.state} />
            )),
          )}
        </svg>
        <div className="min-w-0">
          {tops.map(({ group, rows }) => (
            <div
              key={`${group.class} ${group.who}`}
              className={clsx(
                "overflow-hidden rounded-md border px-2.5",
                isFar(group) ? "border-crit/50" : "border-line",
              )}
              style={{ marginBottom: gap, height: head + rows.length * row + foot }}
            >
              <p className="truncate text-sm" style={{ lineHeight: `${head}px` }}>
                <b className="font-semibold">{group.who}</b>{" "}
                <span className={isFar(group) ? "font-medium text-crit" : "text-ink-3"}>{group.words}</span>
              </p>
              {rows.map(({ redirect }) => (
                <Line key={redirect.uri} redirect={redirect} />
              ))}
            </div>
          ))}
        </div>
      </div>
      <details className="border-t border-line">
        <summary className="px-3.5 py-2 text-sm text-ink-2">As a table</summary>
        <DataTable
          caption="Who receives sign-in codes"
          rows={map.groups.flatMap((group) => group.redirects.map((redirect) => ({ group, redirect })))}
          rowKey={({ redirect }) => redirect.uri}
          columns={[
            {
              key: "uri",
              header: "Callback",
              className: "md:w-1/2 md:py-1.5! md:whitespace-normal!",
              cell: ({ redirect }) => <code className="[overflow-wrap:anywhere]">{redirect.uri}</code>,
            },
            { key: "who", header: "Received by", cell: ({ group }) => group.who },
            { key: "class", header: "Which is", cell: ({ group }) => <RedirectChip kind={group.class} /> },
            { key: "state", header: "Change", cell: ({ redirect }) => words[redirect.state] },
          ]}
        />
      </details>
    </>
  );
}

function Line({ redirect: { short, state } }: { redirect: MappedRedirect }) {
  return (
    <p
      className={clsx(
        "flex items-center gap-2 font-mono text-[12px]",
        state === "gained" && "text-add-ink",
        state === "lost" && "text-del-ink",
        state === "kept" && "text-ink-2",
      )}
      style={{ lineHeight: `${row}px` }}
    >
      <span className="w-2 shrink-0">{marks[state]}</span>
      <span className={clsx("min-w-0 flex-1 truncate", state === "lost" && "line-through")}>{short}</span>
      <span className="shrink-0 font-sans text-xs">{words[state]}</span>
    </p>
  );
}

function Edge({
  from,
  to,
  group,
  state,
}: {
  from: number;
  to: number;
  group: RedirectGroup;
  state: MappedRedirect["state"];
}) {
  const colour =
    state === "kept"
      ? "var(--line-strong)"
      : state === "lost"
        ? "var(--stop)"
        : isFar(group)
          ? "var(--crit)"
          : "var(--ok)";
  return (
    <g stroke={colour} fill="none" strokeWidth={state === "gained" ? 2 : 1.25}>
      <path
        d={`M0 ${from} C ${middle * 0.5} ${from} ${middle * 0.5} ${to} ${middle - 5} ${to}`}
        strokeDasharray={state === "lost" ? "3 4" : undefined}
      />
      {state === "lost" ? (
        <path d={`M${middle - 12} ${to - 4}l8 8m0-8l-8 8`} strokeWidth="1.6" />
      ) : (
        <path d={`M${middle - 9} ${to - 3.5}L${middle - 2} ${to}L${middle - 9} ${to + 3.5}`} />
      )}
    </g>
  );
}

/** Where everything stands, in pixels from the top. */
function topsOf(groups: readonly RedirectGroup[]) {
  let top = 0;
  return groups.map((group) => {
    const rows = group.redirects.map((redirect, index) => ({
      redirect,
      y: top + head + index * row + row / 2,
    }));
    const end = top + head + rows.length * row + foot;
    top = end + gap;
    return { group, rows, end };
  });
}

function isFar({ class: kind, redirects }: RedirectGroup): boolean {
  return (
    (kind === "other_site" || kind === "shared_host" || kind === "http_remote" || kind === "invalid") &&
    redirects.some(({ state }) => state === "gained")
  );
}
