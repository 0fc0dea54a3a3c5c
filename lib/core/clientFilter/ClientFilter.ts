import type { Lifecycle, RiskTier, Sync } from "#lib/core/client.ts";
import type { Profile } from "#lib/core/profile.ts";
import type { RedirectClass } from "#lib/core/redirect/classifyRedirect.ts";

/** `expired` is not a lifecycle of its own: it is an approval past its end. */
export type TrustWord = Lifecycle | "expired";

export const redirectWords = [
  "none",
  "same_host",
  "same_site",
  "other_site",
  "loopback",
  "shared_host",
  "private_scheme",
  "http_remote",
  "invalid",
] as const satisfies readonly (RedirectClass | "none")[];

export type RedirectWord = (typeof redirectWords)[number];

/** What a list of clients is narrowed to. Words of one kind are alternatives, kinds are all required. */
export interface ClientFilter {
  /** Each must occur in the name or the client_id, upper and lower case alike. */
  readonly text: readonly string[];
  readonly lifecycle: readonly TrustWord[];
  readonly sync: readonly Sync[];
  readonly risk: readonly RiskTier[];
  readonly profile: readonly Profile[];
  /** Names of teams; `none` is no owner, `any` is some owner. */
  readonly owner: readonly string[];
  readonly host: readonly string[];
  readonly domain: readonly string[];
  readonly redirect: readonly RedirectWord[];
  /** Approvals that end within so many days. */
  readonly expiresWithinDays?: number;
}

export interface FilterFault {
  /** The word as it was typed. */
  readonly word: string;
  /** What is wrong with it and what would be right. */
  readonly sentence: string;
}

export const emptyFilter: ClientFilter = {
  text: [],
  lifecycle: [],
  sync: [],
  risk: [],
  profile: [],
  owner: [],
  host: [],
  domain: [],
  redirect: [],
};
