import { diffText, type TextLine } from "#lib/core/explain/diffText.ts";
import { prettyLines } from "#lib/core/explain/prettyLines.ts";
import type { ShownChange } from "#lib/core/explain/ShownChange.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { driftFactsOf } from "#lib/db/queries/driftFactsOf.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { shownChanges } from "./shownChanges.ts";

export interface ComparedVersion {
  readonly number: number;
  readonly firstSeenAt: Instant;
  readonly attested: boolean;
}

export interface ComparedTwo {
  readonly from: ComparedVersion;
  readonly to: ComparedVersion;
  /** What the drift rules say of the way from the one to the other, most serious first. */
  readonly changes: readonly ShownChange[];
  /** The two documents line by line, printed for reading. */
  readonly document: readonly TextLine[];
  /** Their public keys; empty when they are the same. */
  readonly keys: readonly TextLine[];
}

/** Any two versions of a client's document side by side; undefined when one of them is not there. */
export async function compareTwo(
  db: Read,
  now: Instant,
  clientRowId: string,
  from: number,
  to: number,
): Promise<ComparedTwo | undefined> {
  const [client, before, after] = await Promise.all([
    find(db, "client", { id: clientRowId }),
    find(db, "snapshot", { clientRowId, number: from }),
    find(db, "snapshot", { clientRowId, number: to }),
  ]);
  if (!client || !before || !after) return undefined;
  const facts = await driftFactsOf(db, now, client, before, after);
  const { shown } = shownChanges({ clientId: client.clientId, before, after, facts, acts: false });
  return {
    from: versionOf(before),
    to: versionOf(after),
    changes: shown,
    document: diffText(printed(before.documentText), printed(after.documentText)),
    keys: diffText(keyLines(before), keyLines(after)),
  };
}

function versionOf({ number, firstSeenAt, attested }: Row<"snapshot">): ComparedVersion {
  return { number, firstSeenAt, attested: attested === true };
}

function printed(text: string): string[] {
  return prettyLines(text).map((line) => line.text);
}

/** The keys of a fetched set; those inside the document are among its lines. */
function keyLines({ keys, keySetSource }: Row<"snapshot">): string[] {
  if (keySetSource === null || keySetSource === "inline") return [];
  return printed(JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }));
}
