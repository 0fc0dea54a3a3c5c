import type { KnownRule, RuleKind } from "./KnownRule.ts";

export interface RuleGroup {
  readonly kind: RuleKind;
  readonly title: string;
  readonly rules: readonly KnownRule[];
}

// The first that fits.
const groups: readonly (readonly [RegExp, RuleKind, string])[] = [
  [/^url\./, "check", "The client_id itself"],
  [/^domain\./, "check", "Its domain"],
  [/^fetch\./, "check", "How it is served"],
  [/^document\./, "check", "The document"],
  [/^key\./, "check", "Its keys"],
  [/^redirect\./, "check", "Its redirects"],
  [/^drift\.redirect-/, "drift", "Redirects changed"],
  [/^drift\.(?:auth|signing|mtls|protection)-/, "drift", "Authentication changed"],
  [/^drift\.(?:key|jwks)-/, "drift", "Keys changed"],
  [/^drift\.(?:scope|grant-type|response-type|application-type|flow)-/, "drift", "What it may do changed"],
  [
    /^drift\.(?:client-name|logo|link|contacts|software)-/,
    "drift",
    "What people see, and who vouches for it, changed",
  ],
  [/^drift\./, "drift", "The document itself changed"],
  [/^reach\./, "reach", "Whether it can be reached"],
  [/^time\./, "time", "What time does to keys, copies and approvals"],
  [/^sight\./, "sight", "What servers met and nobody here did"],
];

/** Rules by what they are about, each rule once; groups without one are left out. */
export function ruleGroups(rules: readonly KnownRule[]): RuleGroup[] {
  const titles = new Map(rules.map((rule) => [rule, groups.find(([pattern]) => pattern.test(rule.id))?.[2]]));
  return groups.flatMap(([, kind, title]) => {
    const own = rules.filter((rule) => titles.get(rule) === title);
    return own.length === 0 ? [] : [{ kind, title, rules: own }];
  });
}
