import Link from "next/link";
import { releasePath } from "../paths.ts";
import { duration } from "../time.ts";

export interface PropagationFacts {
  slug: string;
  name: string;
  servers: readonly { id: string; name: string; condition: string }[];
  /** Oldest first. */
  steps: readonly {
    epoch: number;
    rev: number;
    cause: string;
    issuedAt: number;
    lags: readonly (number | null | undefined)[];
    safeAfter: number | null;
  }[];
}

const column = 46;
const left = 128;
const row = 30;
const top = 16;

/**
 * Release × server: a full circle with the time it took from signing until the server said that it runs it; an open
 * one has not been confirmed. On a phone the last four releases; all of them as a table below.
 */
export function Propagation({ facts }: { facts: PropagationFacts }) {
  if (facts.steps.length === 0 || facts.servers.length === 0)
    return (
      <p className="px-3.5 py-3 text-sm text-ink-2">
        {facts.servers.length === 0
          ? "No server is connected, so nobody confirms a release yet."
          : "The first release is being signed."}
      </p>
    );
  return (
    <div className="grid gap-2 overflow-x-auto px-3.5 py-3">
      <div className="max-md:hidden">
        <Picture facts={facts} last={12} />
      </div>
      <div className="md:hidden">
        <Picture facts={facts} last={4} />
      </div>
      <details className="text-sm">
        <summary className="w-fit rounded-sm text-ink-3 hover:text-ink">As a table</summary>
        <Table facts={facts} />
      </details>
    </div>
  );
}

function Picture({ facts, last }: { facts: PropagationFacts; last: number }) {
  const { servers } = facts;
  const from = Math.max(0, facts.steps.length - last);
  const steps = facts.steps.slice(from);
  const width = left + steps.length * column + 12;
  const everywhere = top + servers.length * row + 6;
  const height = everywhere + 24;
  const x = (index: number) => left + column / 2 + index * column;
  return (
    <svg
      role="img"
      aria-label={`Releases of ${facts.name} on their way: ${steps.map(sentenceOf(facts)).join(" ")}`}
      viewBox={`0 0 ${width} ${height}`}
      style={{ maxWidth: width }}
      className="block w-full font-sans text-[11.5px]"
    >
      {servers.map((server, lane) => {
        const y = top + lane * row;
        return (
          <g key={server.id}>
            <text x={left - 12} y={y + 4} textAnchor="end" fill="var(--ink-2)">
              {server.name.length > 19 ? `${server.name.slice(0, 18)}…` : server.name}
            </text>
            <path d={`M${left} ${y}H${width - 12}`} stroke="var(--line)" />
            {steps.map((step, at) => (
              <Mark key={step.rev} x={x(at)} y={y} lag={step.lags[lane]} />
            ))}
          </g>
        );
      })}
      <text x={left - 12} y={everywhere} textAnchor="end" fill="var(--ink)" fontWeight={600}>
        all servers
      </text>
      {steps.map((step, at) => (
        <text
          key={step.rev}
          x={x(at)}
          y={everywhere}
          textAnchor="middle"
          fill={step.safeAfter === null ? "var(--hold)" : "var(--ink)"}
          fontSize={10.5}
        >
          {step.safeAfter === null ? "not yet" : duration(step.safeAfter)}
        </text>
      ))}
      <text x={left - 12} y={height - 3} textAnchor="end" fill="var(--ink-3)" fontSize={10}>
        release
      </text>
      {steps.map((step, at) => (
        <text key={step.rev} x={x(at)} y={height - 3} textAnchor="middle" fill="var(--ink-3)" fontSize={10}>
          {step.rev}
        </text>
      ))}
    </svg>
  );
}

function Mark({ x, y, lag }: { x: number; y: number; lag: number | null | undefined }) {
  if (lag === undefined) return null;
  const colour = lag === null ? "var(--hold)" : "var(--ok)";
  return (
    <>
      <circle
        cx={x}
        cy={y}
        r={4.5}
        fill={lag === null ? "var(--surface)" : colour}
        stroke={colour}
        strokeWidth={1.5}
      />
      {lag !== null && (
        <text x={x} y={y + 14} textAnchor="middle" fill="var(--ink-3)" fontSize={9}>
          {duration(lag)}
        </text>
      )}
    </>
  );
}

function sentenceOf({ servers }: PropagationFacts) {
  return (step: PropagationFacts["steps"][number]) => {
    if (step.safeAfter !== null)
      return `Release ${step.rev} ran everywhere after ${duration(step.safeAfter)}.`;
    const open = servers.filter((_, lane) => step.lags[lane] === null).map((each) => each.name);
    return `Release ${step.rev} is not confirmed by ${open.join(", ")}.`;
  };
}

function Table({ facts }: { facts: PropagationFacts }) {
  return (
    <div className="overflow-x-auto">
      <table className="mt-2 w-full border-collapse text-sm">
        <caption className="pb-1 text-left text-ink-3">
          {facts.name}: time from signing until each server said that it runs the release
        </caption>
        <thead>
          <tr className="text-left text-xs text-ink-3">
            <th scope="col" className="py-1 pr-3 font-medium">
              Release
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              Because
            </th>
            {facts.servers.map((server) => (
              <th key={server.id} scope="col" className="py-1 pr-3 text-right font-medium">
                {server.name}
              </th>
            ))}
            <th scope="col" className="py-1 text-right font-medium">
              All servers
            </th>
          </tr>
        </thead>
        <tbody>
          {facts.steps.toReversed().map((step) => (
            <tr key={step.rev} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                <Link
                  href={releasePath(facts.slug, step.rev)}
                  className="underline decoration-line-strong underline-offset-2"
                >
                  {step.rev}
                </Link>
              </th>
              <td className="max-w-[280px] truncate pr-3">{step.cause}</td>
              {facts.servers.map((server, lane) => (
                <td key={server.id} className="pr-3 text-right tabular-nums">
                  {lagWords(step.lags[lane])}
                </td>
              ))}
              <td className="text-right tabular-nums">{lagWords(step.safeAfter)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function lagWords(lag: number | null | undefined): string {
  if (lag === undefined) return "not connected yet";
  return lag === null ? "not confirmed" : duration(lag);
}
