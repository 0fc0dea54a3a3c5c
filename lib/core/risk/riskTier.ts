import { riskTiers, type RiskTier } from "../client.ts";

/** What the five factors look at. */
export interface RiskSubject {
  readonly redirects: readonly { readonly uri: string; readonly class: string; readonly words: string }[];
  readonly sharedHost: boolean;
  readonly host: string;
  readonly authMethod: string;
  readonly scopes: readonly string[];
  readonly sensitiveScopes: readonly string[];
  /** Days the approval is meant to last. */
  readonly validDays: number;
}

export interface RiskFactor {
  readonly tier: RiskTier;
  readonly reason: string;
}

/** The highest of five explained factors, never a weighted sum: each factor shows its reason. */
export function riskTier(subject: RiskSubject): { tier: RiskTier; reasons: string[] } {
  const factors = [
    scopes(subject),
    redirects(subject),
    hosting(subject),
    authentication(subject),
    lifetime(subject),
  ];
  const highest = Math.max(...factors.map((factor) => riskTiers.indexOf(factor.tier)));
  return {
    tier: riskTiers[highest] ?? "critical",
    reasons: factors.map((factor) => `${factor.tier}: ${factor.reason}`),
  };
}

function scopes({ scopes, sensitiveScopes, authMethod }: RiskSubject): RiskFactor {
  const sensitive = scopes.filter((scope) => sensitiveScopes.includes(scope));
  if (sensitive.length === 0) return { tier: "low", reason: "It asks for no sensitive scope." };
  const named = sensitive.join(", ");
  return authMethod === "none"
    ? { tier: "high", reason: `A public client asks for a sensitive scope: ${named}.` }
    : { tier: "medium", reason: `It asks for a sensitive scope: ${named}.` };
}

const exposure: Record<string, RiskTier> = {
  same_host: "low",
  same_site: "low",
  loopback: "medium",
  other_site: "high",
  private_scheme: "high",
  shared_host: "high",
};

function redirects({ redirects }: RiskSubject): RiskFactor {
  const worst = redirects
    .map((redirect) => ({ redirect, tier: exposure[redirect.class] ?? ("critical" as const) }))
    .sort((a, b) => riskTiers.indexOf(b.tier) - riskTiers.indexOf(a.tier))[0];
  if (!worst) return { tier: "low", reason: "It has no redirect." };
  return {
    tier: worst.tier,
    reason: `Its most exposed redirect goes to ${worst.redirect.words}: ${worst.redirect.uri}`,
  };
}

function hosting({ sharedHost, host }: RiskSubject): RiskFactor {
  return sharedHost
    ? { tier: "high", reason: `${host} is shared hosting: the platform's other tenants are neighbours.` }
    : { tier: "low", reason: `${host} is a domain of its own.` };
}

function authentication({ authMethod }: RiskSubject): RiskFactor {
  return authMethod === "none"
    ? { tier: "medium", reason: "It does not authenticate itself (public client)." }
    : { tier: "low", reason: `It authenticates with ${authMethod}.` };
}

function lifetime({ validDays }: RiskSubject): RiskFactor {
  return validDays > 365
    ? { tier: "high", reason: `The approval would last ${validDays} days, more than a year.` }
    : { tier: "low", reason: `The approval lasts ${validDays} days.` };
}
