import Link from "next/link";
import { changeHref, kinds, span, type DriftStripProps } from "./DriftStrip.tsx";
import { clientPath } from "./paths.ts";
import { SeverityChip } from "./SeverityChip.tsx";
import { dayOf } from "./time.ts";

const most = 60;

/** The drift strip as a table: what changed on which day, what could not be read from when to when, newest first. */
export function DriftTable({ days, rows }: DriftStripProps) {
  const lines = rows
    .flatMap(({ client, drift, unread }) => [
      ...drift.map((day) => ({ client, at: days[day.day] ?? 0, day, outage: undefined })),
      ...unread.map((outage) => ({ client, at: outage.since, day: undefined, outage })),
    ])
    .sort((a, b) => b.at - a.at);
  return (
    <details className="border-t border-line px-3.5 py-2 text-sm">
      <summary className="w-fit rounded-sm text-ink-3 hover:text-ink">As a table</summary>
      <table className="mt-2 w-full border-collapse">
        <caption className="sr-only">Changes of documents in the last six weeks, newest first</caption>
        <thead>
          <tr className="text-left text-xs text-ink-3">
            {["Day", "Client", "Worst", "What"].map((name) => (
              <th key={name} scope="col" className="py-1 pr-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, most).map(({ client, at, day, outage }) => (
            <tr
              key={`${client.id} ${at} ${outage ? "unread" : ""}`}
              className="border-t border-line align-top"
            >
              <td className="py-1.5 pr-3 whitespace-nowrap tabular-nums">{dayOf(at)}</td>
              <th scope="row" className="py-1.5 pr-3 text-left font-normal [overflow-wrap:anywhere]">
                <Link
                  href={clientPath(client.id)}
                  className="underline decoration-line-strong underline-offset-2"
                >
                  {client.name}
                </Link>
              </th>
              <td className="py-1.5 pr-3">
                {day ? (
                  <SeverityChip severity={day.severity} />
                ) : (
                  <span className="text-ink-3">not read</span>
                )}
              </td>
              <td className="py-1.5 [overflow-wrap:anywhere]">
                {day ? (
                  <Link
                    href={changeHref(client.id, day)}
                    prefetch={false}
                    className="underline decoration-line-strong underline-offset-2"
                  >
                    {day.message}
                  </Link>
                ) : (
                  outage && `${kinds[outage.kind]} ${span(outage)}`
                )}
                {day && day.changes > 1 && <span className="text-ink-3"> and {day.changes - 1} more</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > most && (
        <p className="py-1.5 text-ink-3">
          The newest {most} of {lines.length}.
        </p>
      )}
    </details>
  );
}
