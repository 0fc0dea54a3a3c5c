import type { Lifecycle, RiskTier } from "#lib/core/client.ts";
import type { Meaning } from "#lib/core/explain/explainDocument.ts";
import type { ExplainedResult } from "#lib/core/explain/explainResults.ts";
import type { PrettyLine } from "#lib/core/explain/prettyLines.ts";

/** What a URL says right now, ready to be shown. */
export interface PreviewModel {
  readonly clientId: string;
  /** A document was read and can be asked for. */
  readonly readable: boolean;
  /** The host wants a browser: the client can be recorded, and a copy of its document uploaded. */
  readonly challenged: boolean;
  /** What came of the fetch, with what to do; absent when the URL itself cannot be fetched. */
  readonly fetch?: { readonly ok: boolean; readonly sentence: string; readonly facts: string };
  readonly keySet?: { readonly ok: boolean; readonly sentence: string };
  readonly lines: readonly PrettyLine[];
  readonly meanings: readonly Meaning[];
  readonly results: readonly ExplainedResult[];
  readonly risk?: { readonly tier: RiskTier; readonly reasons: readonly string[] };
  readonly existing?: { readonly id: string; readonly lifecycle: Lifecycle };
}
