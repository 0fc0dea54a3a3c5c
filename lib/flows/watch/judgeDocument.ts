import type { Lifecycle } from "#lib/core/client.ts";
import type { Change } from "#lib/core/drift/Drift.ts";
import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import { compareSnapshots } from "#lib/core/drift/compareSnapshots.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import { documentCauses } from "#lib/core/sync/documentCauses.ts";
import { freshGrowth } from "#lib/core/sync/freshGrowth.ts";
import { suspendReason } from "#lib/core/sync/suspends.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { gatherDriftFacts } from "./gatherFacts.ts";
import { agreedKeys } from "#lib/flows/clients/agreedKeys.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { sayWhoBreaks } from "./sayWhoBreaks.ts";

/** What the rules say of a client's live document beside what was approved of it. */
export interface Judged {
  /** How the live document differs from what was accepted, most serious first. */
  readonly standing: readonly Change[];
  /** Something in it grew and is not accepted, whether or not people have decided so. */
  readonly sync: "held" | "in_sync";
  /** Growth in it that nobody has decided about. */
  readonly fresh: readonly Change[];
  /** Thumbprints the owner announced and a second person confirmed. */
  readonly announced: readonly string[];
  /** What findings are made of. */
  readonly causes: readonly Cause[];
  /** Why the client is to be suspended by rule. */
  readonly suspend?: string;
}

const nothing: Judged = { standing: [], sync: "in_sync", fresh: [], announced: [], causes: [] };

// A blocked client is watched on: what stands against it must still stand when somebody asks to unblock it.
const judged: ReadonlySet<Lifecycle> = new Set(["approved", "suspended", "blocked"]);

/** Clients whose live document is judged beside an approved one: the others have nothing to drift from. */
export function isJudged({ lifecycle, approvedSnapshotId }: Row<"client">): boolean {
  return approvedSnapshotId !== null && judged.has(lifecycle);
}

/** Judges the live document of a client. `seen` is the document as it was just read: stored ones are free of secrets. */
export async function judgeDocument(
  ctx: Context,
  db: Read,
  client: Row<"client">,
  live: Row<"snapshot">,
  seen?: ParsedDocument,
): Promise<Judged> {
  if (!isJudged(client)) return nothing;
  const approved =
    client.approvedSnapshotId === live.id
      ? live
      : await find(db, "snapshot", { id: client.approvedSnapshotId ?? "" });
  if (!approved) return nothing;
  const except = client.approvedExcept ?? [];
  if (approved.id === live.id && except.length === 0) {
    const causes = documentCauses([], live);
    return { ...nothing, causes, suspend: suspendReason(causes, client.riskTier) };
  }
  const facts = await gatherDriftFacts(ctx, db, client, approved, live);
  const compare = (left: readonly Exclusion[]) =>
    compareSnapshots({ clientId: client.clientId, before: approved, after: live, except: left, seen, facts });
  const standing = await sayWhoBreaks(db, client, compare(except));
  const taken = except.filter((each) => "removed" in each && each.removed);
  const keptOut = taken.length < except.length;
  const growth = standing.filter(({ effect }) => effect === "growth");
  const fresh = keptOut ? freshGrowth(growth, compare(taken)) : growth;
  const news = standing.filter((change) => change.effect !== "growth" || fresh.includes(change));
  return {
    standing,
    sync: growth.length > 0 ? "held" : "in_sync",
    fresh,
    announced: await agreedKeys(ctx, db, client.id, facts.announced ?? []),
    causes: documentCauses(standing, live),
    suspend: suspendReason(documentCauses(news, live), client.riskTier),
  };
}

/** Judges a client's stored live document anew and keeps its findings in step, e.g. when something was approved. */
export async function rejudge(ctx: Context, tx: Write, client: Row<"client">): Promise<void> {
  const live = client.liveSnapshotId ? await find(tx, "snapshot", { id: client.liveSnapshotId }) : undefined;
  const { causes } = live ? await judgeDocument(ctx, tx, client, live) : nothing;
  await keepFindings(ctx, tx, client, "document", causes);
}
