/** Where a client stands in the decision about it. */
export type Lifecycle =
  "discovered" | "pending" | "approved" | "suspended" | "denied" | "blocked" | "retired";

/** How the live document stands to the approved one. */
export type Sync = "never_fetched" | "in_sync" | "held" | "challenged" | "unreachable" | "gone";

/** Highest of the explained factors; decides how many votes an approval takes and how often the document is fetched. */
export type RiskTier = "low" | "medium" | "high" | "critical";

export const lifecycles: readonly Lifecycle[] = [
  "discovered",
  "pending",
  "approved",
  "suspended",
  "denied",
  "blocked",
  "retired",
];

export const syncs: readonly Sync[] = [
  "never_fetched",
  "in_sync",
  "held",
  "challenged",
  "unreachable",
  "gone",
];

export const riskTiers: readonly RiskTier[] = ["low", "medium", "high", "critical"];

/** A resource a client may reach and the scopes it may ask for there. */
export interface Grant {
  readonly resource: string;
  readonly scopes: readonly string[];
}
