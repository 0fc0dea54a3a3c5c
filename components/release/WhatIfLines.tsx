import Link from "next/link";
import { ClientIdText } from "../ClientIdText.tsx";
import { clientsPath } from "../paths.ts";
import { plural } from "../plural.ts";

export interface WhatIfFacts {
  asked: number;
  refused: number;
  passed: number;
  lines: readonly { clientId: string; refused: number; passed: number; because: string | null }[];
}

const shown = 20;

/** What the last seven days' questions would have met with under another release, client by client. */
export function WhatIfLines({ facts, verb }: { facts: WhatIfFacts; verb: "would be" | "are" }) {
  if (facts.asked === 0)
    return (
      <p className="text-sm text-ink-2">
        No server reported a question about these clients in the last 7 days.
      </p>
    );
  return (
    <div className="grid gap-2 text-sm">
      <p>
        Of {plural(facts.asked, "question")} that servers asked about these clients in the last 7 days,{" "}
        <b className="font-semibold">{facts.refused.toLocaleString("en")}</b> {verb} newly refused and{" "}
        <b className="font-semibold">{facts.passed.toLocaleString("en")}</b> newly let pass.
      </p>
      {facts.lines.length > 0 && (
        <ul className="grid gap-1.5">
          {facts.lines.slice(0, shown).map((line) => (
            <li key={line.clientId} className="grid gap-0.5">
              <span className="flex flex-wrap items-baseline gap-x-2">
                <Link href={clientsPath(line.clientId)} className="min-w-0 hover:underline">
                  <ClientIdText value={line.clientId} wrap />
                </Link>
                <span className="text-ink-2 tabular-nums">
                  {[
                    line.refused > 0 && `${line.refused.toLocaleString("en")} refused`,
                    line.passed > 0 && `${line.passed.toLocaleString("en")} let pass`,
                  ]
                    .filter(Boolean)
                    .join(", ")}
                </span>
              </span>
              {line.because && <span className="text-ink-3">{line.because}</span>}
            </li>
          ))}
          {facts.lines.length > shown && (
            <li className="text-ink-3">and {plural(facts.lines.length - shown, "more client")}</li>
          )}
        </ul>
      )}
    </div>
  );
}
