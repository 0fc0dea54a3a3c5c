import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import type { CheckResult, Verdict } from "#lib/core/check/Check.ts";
import { verdictOf } from "#lib/core/check/verdictOf.ts";
import type { Lifecycle, RiskTier } from "#lib/core/client.ts";
import { clientIdInput, profileInput } from "#lib/core/clientInput.ts";
import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import { redactDocument } from "#lib/core/document/redactDocument.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import type { Profile } from "#lib/core/profile.ts";
import { classifyRedirect, type ClassifiedRedirect } from "#lib/core/redirect/classifyRedirect.ts";
import type { Context } from "#lib/context.ts";
import { find } from "#lib/db/rows.ts";
import { checkByText } from "./checkByText.ts";
import { judgeRisk } from "#lib/flows/review/judgeRisk.ts";
import { logFetches } from "#lib/flows/watch/storeObservation.ts";
import { observeDocument, type Observation } from "#lib/flows/watch/observeDocument.ts";

const previewInput = z.object({ clientId: clientIdInput, profile: profileInput.default("ietf") });

export interface Preview {
  readonly clientId: string;
  readonly profile: Profile;
  /** Absent when the URL itself cannot be fetched. */
  readonly fetched?: {
    readonly outcome: FetchOutcome;
    readonly sentence: string;
    readonly status?: number;
    readonly milliseconds: number;
    readonly bytes: number;
  };
  readonly keySetFetched?: { readonly outcome: FetchOutcome; readonly sentence: string };
  readonly text?: string;
  readonly metadata?: EffectiveMetadata;
  readonly keys: readonly ParsedKey[];
  readonly digest?: string;
  readonly results: readonly CheckResult[];
  readonly verdict: Verdict;
  readonly redirects: readonly ClassifiedRedirect[];
  readonly domain?: ReturnType<typeof owningDomain>;
  readonly risk?: { readonly tier: RiskTier; readonly reasons: readonly string[] };
  readonly existing?: { readonly id: string; readonly lifecycle: Lifecycle };
}

/** What a client_id says and means right now, without saving anything but the line in the fetch log. */
export async function previewClient(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof previewInput>,
): Promise<Preview> {
  requirePermission(actor, "register");
  const { clientId, profile } = parseInput(previewInput, input);
  const byText = await checkByText(ctx.db, { clientId, profile });
  const existing = await find(ctx.db, "client", { clientId });
  const shared = {
    clientId,
    profile,
    existing: existing && { id: existing.id, lifecycle: existing.lifecycle },
  };
  if (verdictOf(byText) === "invalid")
    return { ...shared, results: byText, verdict: "invalid", keys: [], redirects: [] };

  const observation = await observeDocument(ctx, { clientId, profile });
  await ctx.db.transaction((tx) => logFetches(ctx, tx, existing?.id ?? null, observation));
  return { ...shared, ...(await meaning(ctx, clientId, observation)) };
}

async function meaning(ctx: Context, clientId: string, observation: Observation) {
  const { fetches, document, keySet, results, verdict, digest } = observation;
  const [answer, keys] = fetches;
  const shown = document?.effective && redactDocument({ ...document, effective: document.effective });
  return {
    fetched: answer && {
      outcome: answer.outcome,
      sentence: answer.sentence,
      status: answer.status,
      milliseconds: Math.round(answer.milliseconds),
      bytes: answer.bytes,
    },
    keySetFetched: keys && { outcome: keys.outcome, sentence: keys.sentence },
    text: shown?.text ?? document?.text,
    metadata: shown?.metadata,
    keys: keySet?.keys ?? [],
    digest,
    results,
    verdict,
    redirects: (shown?.metadata.redirect_uris ?? []).map((uri) => classifyRedirect(uri, clientId)),
    domain: owningDomain(new URL(clientId).hostname),
    risk:
      shown && (await judgeRisk(ctx.db, { clientId, metadata: shown.metadata, grants: [], validDays: 180 })),
  };
}
