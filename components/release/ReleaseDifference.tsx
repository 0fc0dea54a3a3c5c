import Link from "next/link";
import { Chip, type Tone } from "../Chip.tsx";
import { ClientIdText } from "../ClientIdText.tsx";
import { clientsPath } from "../paths.ts";
import { plural } from "../plural.ts";
import type { ShapeName } from "../Shape.tsx";

export interface ReleaseDifferenceProps {
  lines: readonly {
    clientId: string;
    words: string;
    gained: readonly string[];
    lost: readonly string[];
    direction: "more" | "less" | "both" | "same";
  }[];
  more: boolean;
  denies: { added: readonly DenyLine[]; dropped: readonly DenyLine[] };
}

export interface DenyLine {
  client_id?: string;
  host?: string;
  jkt?: string;
  reason: string;
}

const looks: Record<"more" | "less" | "both" | "same", readonly [Tone, ShapeName]> = {
  more: ["hold", "diamond"],
  less: ["plain", "minus"],
  both: ["hold", "diamond"],
  same: ["plain", "ring"],
};

/** What one release says otherwise than another, client by client: what each gained and lost. */
export function ReleaseDifference({ lines, more, denies }: ReleaseDifferenceProps) {
  const hosts = [...denies.added, ...denies.dropped].filter((deny) => !deny.client_id);
  if (lines.length === 0 && hosts.length === 0)
    return <p className="px-3.5 py-3 text-sm text-ink-2">They say the same about every client.</p>;
  return (
    <ul>
      {hosts.map((deny) => (
        <li
          key={`${deny.host ?? ""} ${deny.jkt ?? ""}`}
          className="flex flex-wrap items-baseline gap-x-2 border-b border-line px-3.5 py-2 last:border-0"
        >
          <code className="min-w-0 [overflow-wrap:anywhere]">{deny.host ?? deny.jkt}</code>
          <span className="text-ink-2">
            {denies.added.includes(deny)
              ? `${deny.host ? "host" : "key"} is refused at once (${deny.reason})`
              : `${deny.host ? "host" : "key"} is no longer refused as a whole`}
          </span>
        </li>
      ))}
      {lines.map((line) => (
        <Line key={line.clientId} line={line} />
      ))}
      {more && (
        <li className="px-3.5 py-2 text-sm text-ink-3">
          More clients differ: the first {plural(lines.length, "client")} are shown.
        </li>
      )}
    </ul>
  );
}

function Line({ line }: { line: ReleaseDifferenceProps["lines"][number] }) {
  const [tone, shape] = looks[line.direction];
  return (
    <li className="grid gap-1 border-b border-line px-3.5 py-2 last:border-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link href={clientsPath(line.clientId)} className="min-w-0 hover:underline">
          <ClientIdText value={line.clientId} wrap />
        </Link>
        <Chip tone={tone} shape={shape} className="ml-auto">
          {line.words}
        </Chip>
      </p>
      {(line.gained.length > 0 || line.lost.length > 0) && (
        <ul className="grid gap-px font-mono text-[12.6px] [overflow-wrap:anywhere]">
          {line.lost.map((each) => (
            <li key={`-${each}`} className="text-stop">
              <span aria-label="lost">−</span> {each}
            </li>
          ))}
          {line.gained.map((each) => (
            <li key={`+${each}`} className="text-ok">
              <span aria-label="gained">+</span> {each}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
