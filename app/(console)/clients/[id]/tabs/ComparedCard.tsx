import Link from "next/link";
import { buttonStyle } from "#components/buttonStyle.ts";
import { Card } from "#components/Card.tsx";
import { ShortDiff } from "#components/client/ShortDiff.tsx";
import { Empty } from "#components/Empty.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { ChangeList } from "#components/review/ChangeList.tsx";
import { relativeTime } from "#components/time.ts";
import { aroundChanges } from "#lib/core/explain/aroundChanges.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { ComparedTwo, ComparedVersion } from "#lib/views/clients/compareTwo.ts";

/** Two versions: what the rules say of the way from the one to the other, or line by line. */
export function ComparedCard({
  compared,
  base,
  raw,
  now,
}: {
  compared: ComparedTwo;
  base: string;
  raw: boolean;
  now: Instant;
}) {
  const { from, to, changes } = compared;
  const href = `${base}?from=${from.number}&to=${to.number}`;
  return (
    <Card
      title={`From version ${from.number} to ${to.number}`}
      note={`${words(from, now)} → ${words(to, now)}`}
      actions={
        <>
          <Link href={`${base}?from=${to.number}&to=${from.number}`} className={buttonStyle()}>
            Turn round
          </Link>
          <Link
            href={raw ? href : `${href}&raw`}
            scroll={false}
            data-hotkey="r"
            aria-keyshortcuts="r"
            className={buttonStyle()}
          >
            {raw ? "Plain words" : "Line by line"} <Kbd hint>r</Kbd>
          </Link>
        </>
      }
    >
      {from.number === to.number ? (
        <Empty title="This is one version">Choose another one to compare it with.</Empty>
      ) : raw ? (
        <Lines compared={compared} />
      ) : changes.length > 0 ? (
        <ChangeList changes={changes} />
      ) : (
        <Empty title="They mean the same">Line by line shows whether anything was written differently.</Empty>
      )}
    </Card>
  );
}

function Lines({ compared }: { compared: ComparedTwo }) {
  const document = aroundChanges(compared.document);
  const keys = aroundChanges(compared.keys);
  return (
    <div className="grid gap-3 px-3.5 py-3">
      {document.length > 0 ? (
        <ShortDiff lines={document} label="Document, line by line" />
      ) : (
        <p className="text-ink-2">The two documents say the same, in the same order.</p>
      )}
      {keys.length > 0 && (
        <>
          <h3 className="text-sm font-semibold">Key set</h3>
          <ShortDiff lines={keys} label="Key set, line by line" />
        </>
      )}
    </div>
  );
}

function words({ firstSeenAt, attested }: ComparedVersion, now: Instant): string {
  return `${relativeTime(firstSeenAt, now, true)}${attested ? ", a copy" : ""}`;
}
