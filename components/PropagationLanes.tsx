import Link from "next/link";
import { releasePath, serverPath } from "./paths.ts";

export interface Lane {
  id: string;
  name: string;
  /** The release it says it runs; null when it never said. */
  rev: number | null;
  condition: string;
  behind: number;
  /** A few words when it is not current. */
  note?: string;
}

export interface LaneGroup {
  slug: string;
  name: string;
  /** The last releases, oldest first. */
  revs: readonly number[];
  lanes: readonly Lane[];
}

/**
 * Release × server: a full circle is a release the server said it runs or has passed, an open one has not been
 * confirmed. The same as a table below.
 */
export function PropagationLanes({ groups }: { groups: readonly LaneGroup[] }) {
  return (
    <div className="grid gap-3 px-3.5 py-3">
      {groups.map((group) => (
        <div key={group.slug} className="grid gap-1">
          {groups.length > 1 && (
            <p className="text-xs text-ink-3">
              <Link href={releasePath(group.slug)} className="hover:underline">
                {group.name}
              </Link>
            </p>
          )}
          <Picture group={group} />
        </div>
      ))}
      <details className="text-sm">
        <summary className="w-fit rounded-sm text-ink-3 hover:text-ink">As a table</summary>
        {groups.map((group) => (
          <Table key={group.slug} group={group} />
        ))}
      </details>
    </div>
  );
}

const step = 23;
const left = 108;
const row = 24;
const right = 92;

function Picture({ group }: { group: LaneGroup }) {
  const width = left + 8 * step + right;
  const height = 14 + group.lanes.length * row + 18;
  const x = (index: number) => left + 14 + (8 - group.revs.length + index) * step;
  const said = group.lanes.map(
    (lane) =>
      `${lane.name} ${lane.condition === "current" ? "runs the newest" : (lane.note ?? lane.condition)}`,
  );
  return (
    <svg
      role="img"
      aria-label={`Releases of ${group.name} on its servers: ${said.join("; ")}.`}
      viewBox={`0 0 ${width} ${height}`}
      className="block w-full max-w-[384px] font-sans text-[11.5px]"
    >
      {group.lanes.map((lane, index) => {
        const y = 14 + index * row;
        return (
          <g key={lane.id}>
            <text x={left - 12} y={y + 4} textAnchor="end" fill="var(--ink-2)">
              {lane.name.length > 18 ? `${lane.name.slice(0, 17)}…` : lane.name}
            </text>
            <path d={`M${left} ${y}H${width - right}`} stroke="var(--line)" />
            {group.revs.map((rev, at) => {
              const confirmed = lane.rev !== null && lane.rev >= rev;
              const colour = confirmed
                ? "var(--ok)"
                : lane.condition === "never"
                  ? "var(--ink-3)"
                  : "var(--hold)";
              return (
                <circle
                  key={rev}
                  cx={x(at)}
                  cy={y}
                  r={4.5}
                  fill={confirmed ? colour : "var(--surface)"}
                  stroke={colour}
                  strokeWidth={1.5}
                />
              );
            })}
            {lane.note && (
              <text
                x={width - right + 8}
                y={y + 4}
                fill={
                  lane.condition === "never"
                    ? "var(--ink-3)"
                    : lane.condition === "divergent"
                      ? "var(--crit)"
                      : "var(--hold)"
                }
                fontSize={11.5}
              >
                {lane.note}
              </text>
            )}
          </g>
        );
      })}
      <text x={left - 12} y={height - 3} textAnchor="end" fill="var(--ink-3)" fontSize={11}>
        release
      </text>
      {group.revs.map((rev, at) => (
        <text key={rev} x={x(at)} y={height - 3} textAnchor="middle" fill="var(--ink-3)" fontSize={11}>
          {rev}
        </text>
      ))}
    </svg>
  );
}

function Table({ group }: { group: LaneGroup }) {
  return (
    <table className="mt-2 w-full border-collapse text-sm">
      <caption className="pb-1 text-left text-ink-3">
        {group.name}: newest release {group.revs.at(-1) ?? "none"}
      </caption>
      <thead>
        <tr className="text-left text-xs text-ink-3">
          <th scope="col" className="py-1 font-medium">
            Server
          </th>
          <th scope="col" className="py-1 font-medium">
            Runs
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Behind
          </th>
        </tr>
      </thead>
      <tbody>
        {group.lanes.map((lane) => (
          <tr key={lane.id} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal">
              <Link
                href={serverPath(group.slug)}
                className="underline decoration-line-strong underline-offset-2"
              >
                {lane.name}
              </Link>
            </th>
            <td className="tabular-nums">{lane.rev === null ? "not known" : `release ${lane.rev}`}</td>
            <td className="text-right tabular-nums">{lane.rev === null ? "not known" : lane.behind}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
