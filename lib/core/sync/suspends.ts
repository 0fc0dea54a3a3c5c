import type { RiskTier } from "#lib/core/client.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";

interface Suspending {
  readonly rule: string;
  /** Why, in words that do without the values. */
  readonly reason: string;
  /** Absent: always. */
  when?(cause: Cause, tier: RiskTier): boolean;
}

const keyMethods: readonly unknown[] = ["private_key_jwt", "self_signed_tls_client_auth", "tls_client_auth"];
const isHigh = (tier: RiskTier) => tier === "high" || tier === "critical";

/** What takes an approved client out of every list before anybody has looked: it is another client, or its keys are anybody's. */
export const suspending: readonly Suspending[] = [
  { rule: "drift.client-id-mismatch", reason: "Its document names another client." },
  { rule: "drift.key-private-published", reason: "A private key of it was published." },
  {
    rule: "drift.secret-published",
    reason: "A secret of it was published.",
    when: ({ severity }) => severity === "critical",
  },
  {
    rule: "drift.auth-downgraded",
    reason: "It would no longer prove who it is.",
    when: ({ before, after }) => keyMethods.includes(before) && after === "none",
  },
  { rule: "drift.key-same-kid-replaced", reason: "Another key took the name of an approved one." },
  {
    rule: "drift.jwks-uri-changed",
    reason: "Its keys now come from another domain.",
    when: ({ severity }, tier) => severity === "critical" && isHigh(tier),
  },
  {
    rule: "drift.key-source-changed",
    reason: "Its keys now come from another domain.",
    when: ({ severity }, tier) => severity === "critical" && isHigh(tier),
  },
  {
    rule: "reach.gone",
    reason: "Its document has been gone for a day.",
    when: ({ severity }) => severity === "critical",
  },
];

/** Why a client is suspended by rule, in a plain sentence; undefined when nothing that stands suspends. */
export function suspendReason(causes: readonly Cause[], tier: RiskTier): string | undefined {
  for (const { rule, reason, when } of suspending) {
    const cause = causes.find((each) => each.rule === rule && (when === undefined || when(each, tier)));
    if (cause) return `${reason} ${cause.message}`;
  }
  return undefined;
}
