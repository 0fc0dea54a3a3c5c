import type { RiskTier } from "#lib/core/client.ts";
import type { Instant } from "#lib/core/Instant.ts";

export type InboxPart = "decide" | "copies" | "findings" | "mine" | "held" | "unread" | "servers";

/** One thing that waits: what it is, why it waits, where to deal with it. */
export interface InboxItem {
  readonly key: string;
  readonly part: InboxPart;
  readonly severity: RiskTier | "info";
  readonly title: string;
  readonly note: string;
  readonly at: Instant;
  readonly subject:
    | { readonly kind: "request"; readonly number: number; readonly canVote: boolean }
    | { readonly kind: "namespace"; readonly number: number; readonly canVote: boolean }
    | { readonly kind: "client"; readonly id: string }
    | { readonly kind: "copy"; readonly id: string }
    | { readonly kind: "key"; readonly id: string }
    | { readonly kind: "finding"; readonly number: number }
    | { readonly kind: "person"; readonly id: string }
    | { readonly kind: "host"; readonly host: string }
    | { readonly kind: "release"; readonly slug: string }
    | { readonly kind: "server"; readonly slug: string };
}
