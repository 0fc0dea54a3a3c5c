import type { NamespaceConstraints } from "./Namespace.ts";

export interface ConstraintLine {
  readonly member: keyof NamespaceConstraints;
  readonly label: string;
  /** What is allowed, one thing each; empty: nothing. */
  readonly values: readonly string[];
}

const methodWords: Readonly<Record<string, string>> = {
  none: "none (public client, PKCE)",
  private_key_jwt: "private_key_jwt (signs with its key)",
};

/** The constraints in words, in the order people ask about them. */
export function constraintWords(constraints: NamespaceConstraints): ConstraintLine[] {
  const { redirectHosts, loopback, methods, keyHost, grantTypes, grants, mostChildren } = constraints;
  return [
    { member: "redirectHosts", label: "Redirects over https to", values: redirectHosts },
    {
      member: "loopback",
      label: "Redirects to the user's own machine",
      values: loopback ? ["loopback, any port"] : [],
    },
    { member: "methods", label: "Authentication", values: methods.map((each) => methodWords[each] ?? each) },
    { member: "keyHost", label: "Keys published at", values: keyHost === undefined ? [] : [keyHost] },
    { member: "grantTypes", label: "Grant types", values: grantTypes },
    {
      member: "grants",
      label: "Resources and scopes, at most",
      values: grants.flatMap(({ resource, scopes }) =>
        scopes.length === 0 ? [`${resource} (no scopes)`] : scopes.map((scope) => `${resource} · ${scope}`),
      ),
    },
    { member: "mostChildren", label: "Clients, at most", values: [mostChildren.toLocaleString("en")] },
  ];
}

export interface ConstraintDifference {
  readonly label: string;
  readonly kept: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What a change adds and takes away, line by line; lines that stay the same are there too. */
export function constraintDifference(
  before: NamespaceConstraints,
  after: NamespaceConstraints,
): ConstraintDifference[] {
  const next = constraintWords(after);
  return constraintWords(before).map(({ member, label, values }) => {
    const now = next.find((line) => line.member === member)?.values ?? [];
    return {
      label,
      kept: values.filter((value) => now.includes(value)),
      added: now.filter((value) => !values.includes(value)),
      removed: values.filter((value) => !now.includes(value)),
    };
  });
}
