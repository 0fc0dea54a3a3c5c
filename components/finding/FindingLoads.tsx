import Link from "next/link";
import { findingsPath } from "../paths.ts";
import { Shape } from "../Shape.tsx";

export interface Load {
  /** Null: nobody. */
  readonly name: string | null;
  readonly waiting: number;
  readonly critical: number;
  readonly overdue: number;
}

export interface FindingLoadsProps {
  teams: readonly Load[];
  people: readonly Load[];
}

const most = 6;

/** What waits for whom: by owner team and by assignee, what is late first; every number leads to its list. */
export function FindingLoads({ teams, people }: FindingLoadsProps) {
  return (
    <div className="grid md:grid-cols-2">
      <Loads label="Owner team" kind="owner" loads={teams} nobody="without an owner" />
      <Loads label="Assignee" kind="assignee" loads={people} nobody="nobody has it" />
    </div>
  );
}

function Loads(props: { label: string; kind: "owner" | "assignee"; loads: readonly Load[]; nobody: string }) {
  const { label, kind, loads, nobody } = props;
  return (
    <table className="w-full border-separate border-spacing-0 self-start text-sm max-md:border-t max-md:border-line">
      <caption className="sr-only">Findings by {label.toLowerCase()}</caption>
      <thead>
        <tr className="text-xs text-ink-3">
          <th scope="col" className="px-3.5 py-1.5 text-left font-medium">
            {label}
          </th>
          <th scope="col" className="px-1.5 py-1.5 text-right font-medium">
            Open
          </th>
          <th scope="col" className="px-3.5 py-1.5 text-right font-medium">
            Late
          </th>
        </tr>
      </thead>
      <tbody>
        {loads.slice(0, most).map((load) => {
          const word = `${kind}:${load.name === null ? "none" : quoted(load.name)}`;
          return (
            <tr key={load.name ?? ""}>
              <th
                scope="row"
                className="max-w-0 w-full truncate border-t border-line px-3.5 py-1.5 text-left font-normal"
              >
                {load.name ?? <span className="text-ink-3">{nobody}</span>}
              </th>
              <td className="border-t border-line px-1.5 text-right tabular-nums">
                <Link
                  href={findingsPath(word)}
                  className="inline-block min-w-6 rounded-sm py-0.5 hover:underline"
                >
                  {load.waiting.toLocaleString("en")}
                </Link>
              </td>
              <td className="border-t border-line px-3.5 text-right tabular-nums">
                <Late load={load} href={findingsPath(`${word} is:overdue`)} />
              </td>
            </tr>
          );
        })}
      </tbody>
      {loads.length > most && (
        <tfoot>
          <tr>
            <td colSpan={3} className="border-t border-line px-3.5 py-1.5 text-ink-3">
              and {loads.length - most} more
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Late({ load, href }: { load: Load; href: string }) {
  if (load.overdue === 0) return <span className="text-ink-3">0</span>;
  return (
    <Link
      href={href}
      className="inline-flex min-w-6 items-center justify-end gap-1 rounded-sm py-0.5 font-medium text-stop hover:underline"
    >
      <Shape name="triangle" />
      {load.overdue.toLocaleString("en")}
    </Link>
  );
}

function quoted(name: string): string {
  return /[\s,]/.test(name) ? `"${name}"` : name;
}
