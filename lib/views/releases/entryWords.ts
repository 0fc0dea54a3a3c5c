import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { EntryDifference } from "#lib/db/queries/compareTrees.ts";

/** Whether the later entry allows more, less, or both in part. */
export type Direction = "more" | "less" | "both" | "same";

export interface DifferenceWords {
  readonly clientId: string;
  /** A clause after the client_id: "is allowed now". */
  readonly words: string;
  /** Each gained or lost thing on its own line. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly direction: Direction;
}

/** Two entries of one client in the words of a reviewer. */
export function entryWords({ clientId, before, after }: EntryDifference): DifferenceWords {
  const was = allows(before);
  const is = allows(after);
  const gained = missingFrom(facts(after), facts(before));
  const lost = missingFrom(facts(before), facts(after));
  if (was && is && before?.exp !== after?.exp)
    ((after?.exp ?? Infinity) > (before?.exp ?? Infinity) ? gained : lost).push(
      after?.exp ? `until ${new Date(after.exp * 1_000).toISOString().slice(0, 10)}` : "without an end",
    );
  const direction =
    gained.length > 0 ? (lost.length > 0 ? "both" : "more") : lost.length > 0 ? "less" : "same";
  return { clientId, words: clause(before, after, gained, lost), gained, lost, direction };
}

function clause(
  before: AllowlistEntry | undefined,
  after: AllowlistEntry | undefined,
  gained: readonly string[],
  lost: readonly string[],
): string {
  if (!after) return "left the list";
  const reason = after.reason ? ` (${after.reason.replaceAll("_", " ")})` : "";
  if (!before) return allows(after) ? "is allowed now" : `is refused now${reason}`;
  if (allows(before) !== allows(after)) return allows(after) ? "is allowed again" : `is refused now${reason}`;
  if (!allows(after)) return `is refused for another reason${reason}`;
  const parts = [
    gained.length > 0 ? `may do more (${gained.length})` : "",
    lost.length > 0 ? `may do less (${lost.length})` : "",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "changed in detail";
}

function allows(entry: AllowlistEntry | undefined): boolean {
  return entry?.status === "allow";
}

/** Everything an entry allows, a line each. */
function facts(entry: AllowlistEntry | undefined): string[] {
  if (entry?.status !== "allow") return [];
  return [
    ...(entry.redirect_uris ?? []).map(
      ({ uri, match }) => `redirect ${uri}${match === "loopback_any_port" ? " (any port)" : ""}`,
    ),
    ...(entry.token_endpoint_auth_method ? [`authenticates with ${entry.token_endpoint_auth_method}`] : []),
    ...(entry.jkts ?? []).map((jkt) => `key ${jkt}`),
    ...(entry.grant_types ?? []).map((type) => `grant type ${type}`),
    ...(entry.grants ?? []).flatMap(({ resource, scopes }) =>
      scopes.length === 0 ? [resource] : scopes.map((scope) => `${scope} at ${resource}`),
    ),
  ];
}

function missingFrom(all: readonly string[], from: readonly string[]): string[] {
  const known = new Set(from);
  return all.filter((each) => !known.has(each));
}
