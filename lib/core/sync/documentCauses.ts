import { unsafeRules } from "#lib/core/allowlist/unsafeSentence.ts";
import type { CheckResult } from "#lib/core/check/Check.ts";
import type { Change } from "#lib/core/drift/Drift.ts";
import { textsIn } from "#lib/core/drift/memberOf.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";
import { isGraver, severityRank } from "#lib/core/finding/severityRank.ts";
import { changeCauses } from "./changeCauses.ts";
import { type LiveFacts, valueOf } from "./valueOf.ts";

/** The drift rule that tells the same as a check, whichever of the two noticed. */
const twins: Readonly<Record<string, string>> = {
  "document.client-id-mismatch": "drift.client-id-mismatch",
  "document.client-id-missing": "drift.client-id-mismatch",
  "document.private-material": "drift.key-private-published",
  "key.private-material": "drift.key-private-published",
  "document.secret": "drift.secret-published",
};

/** Checks that say nothing more once one of these drift rules has spoken of the same value, or of the whole. */
const covered: Readonly<Record<string, readonly string[]>> = {
  "document.redirect-uris-missing": ["drift.redirect-emptied"],
  "document.symmetric-auth": ["drift.auth-shared-secret"],
  "document.keys-missing": ["drift.key-set-emptied", "drift.key-set-unreadable"],
  "document.jwks-uri-insecure": ["drift.jwks-uri-changed", "drift.key-source-changed"],
  "document.syntax": ["drift.document-unreadable"],
  "document.duplicate-member": ["drift.document-unreadable"],
  "fetch.size": ["drift.document-unreadable"],
  "key.none-usable": ["drift.key-set-emptied", "drift.key-set-unreadable"],
  "key.set-syntax": ["drift.key-set-unreadable", "drift.key-set-emptied"],
  "key.symmetric": ["drift.key-private-published"],
  "key.shared": ["drift.key-shared"],
  "key.rsa-size": ["drift.key-weakened"],
  "document.signing-alg": ["drift.signing-alg-changed"],
};

/** Warnings about a document that nobody changed: what it leads to was given up, and may be taken by anybody. */
const abandoned: ReadonlySet<string> = new Set(["redirect.unresolvable"]);

/**
 * What stands against the live document of a client: how it differs from the approved one, and what makes it invalid.
 * Where a check and a drift rule tell the same, one cause results, under the drift rule's name. An approved document
 * has no errors, so an error is drift, too.
 */
export function documentCauses(
  changes: readonly Change[],
  live: LiveFacts & { readonly results: readonly CheckResult[] },
): Cause[] {
  const causes = new Map<string, Cause>();
  const add = (cause: Cause) => {
    const key = JSON.stringify([cause.rule, cause.value]);
    if (!causes.has(key)) causes.set(key, cause);
  };
  for (const cause of changeCauses(changes, live)) add(cause);
  const errors = live.results.filter(({ rule, severity }) => severity === "error" || abandoned.has(rule));
  const isTwin = ({ rule }: CheckResult) => Number(rule in twins);
  for (const { rule, message, path } of errors.toSorted((a, b) => isTwin(b) - isTwin(a))) {
    if (isCovered(rule, path, [...causes.values()], live)) continue;
    add({
      rule: twins[rule] ?? rule,
      severity: rule in twins || unsafeRules.has(rule) ? "critical" : "high",
      effect: rule in twins ? "growth" : "neutral",
      message,
      path,
      value: rule.startsWith("document.client-id-") ? "/client_id" : valueOf(path, live),
    });
  }
  return gathered([...causes.values()]);
}

/** More of one rule are one matter: nobody triages hundreds, and whoever writes the document decides how many there are. */
const most = 20;

function gathered(causes: readonly Cause[]): Cause[] {
  const alike = Map.groupBy(causes, ({ rule }) => rule);
  const few = causes.filter(({ rule }) => (alike.get(rule)?.length ?? 0) <= most);
  return [...few, ...[...alike.values()].flatMap((same) => (same.length <= most ? [] : together(same)))];
}

function together(causes: readonly Cause[]): Cause[] {
  const [first] = causes.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
  if (!first) return [];
  const path = first.path.replace(/\/\d+$/, "");
  const side = (name: "before" | "after") =>
    causes.some((cause) => cause[name] !== undefined)
      ? { [name]: causes.flatMap((cause) => textsIn(cause[name])) }
      : {};
  const message = `${causes.length} of one kind, the first: ${first.message}`;
  return [{ ...first, message, path, ...side("before"), ...side("after"), value: path }];
}

function isCovered(rule: string, path: string, causes: readonly Cause[], live: LiveFacts): boolean {
  // A document that nobody may approve is graver than a change that is only looked at.
  const grave = causes.filter(({ severity }) => !isGraver("high", severity));
  if (rule.startsWith("redirect."))
    return grave.some(
      (cause) => cause.rule.startsWith("drift.redirect-added-") && cause.value === valueOf(path, live),
    );
  return grave.some((cause) => covered[rule]?.includes(cause.rule));
}
