import type { Lifecycle } from "#lib/core/client.ts";
import type { DriftEffect, DriftSeverity } from "#lib/core/drift/Drift.ts";
import { lookOf } from "#lib/core/finding/Finding.ts";

export interface FindingFacts {
  readonly rule: string;
  readonly severity: DriftSeverity;
  readonly effect: DriftEffect;
  /** Where its client stands; absent for a finding about a host. */
  readonly lifecycle?: Lifecycle;
  /** Number of the client's open request. */
  readonly openRequest: number | null;
}

/** What to do about a finding, the next step first: sentences for whoever looks at it. */
export function adviseFinding(facts: FindingFacts): string[] {
  const end = "It resolves itself once two looks in a row no longer show it.";
  const { rule, effect, lifecycle, openRequest } = facts;
  if (lookOf(rule) === "reach")
    return [
      "Nothing was removed: the last good copy stays in force.",
      "Ask whoever runs the host whether it moved, is down, or keeps data centres out; a copy can be uploaded by hand and compared by a second person.",
      end,
    ];
  if (lookOf(rule) === "time")
    return [
      "Ask the owner when the next key comes and announce it here, or take what has grown old out of the document.",
      end,
    ];
  if (lookOf(rule) === "sight")
    return [
      "Ask whoever runs that server which address answered it, and compare the document it holds with the one here byte by byte.",
      ...(lifecycle === "approved"
        ? ["If nobody can explain the difference, suspend the client: that takes one person and seconds."]
        : []),
      "It resolves itself when the same is read here. Dismiss it when the difference is explained.",
    ];
  if (!rule.startsWith("drift."))
    return ["The publisher has to mend the document; send them the sentence above and the clause.", end];
  const suspended =
    lifecycle === "suspended"
      ? ["It is suspended: every server refuses it until two people lift that."]
      : lifecycle === "blocked"
        ? ["It is blocked: every server refuses it."]
        : [];
  if (effect === "growth")
    return [
      ...suspended,
      openRequest === null
        ? "What it gained is not in force. Ask the owner whether it was meant; then ask for approval, or have the publisher take it back."
        : `What it gained is not in force: it waits in request ${openRequest}. Accept what was meant there and leave the rest out.`,
      ...(facts.severity === "critical" && suspended.length === 0
        ? ["If nobody can say that it was meant, suspend the client: that takes one person and seconds."]
        : []),
      end,
    ];
  if (effect === "shrinkage")
    return [
      ...suspended,
      "What it lost left the allowlist at once. Ask the owner whether sign-ins fail now, and whether it was meant.",
      end,
    ];
  return [
    ...suspended,
    "Ask the owner whether it was meant. Nothing in the allowlist changed because of it.",
    end,
  ];
}
