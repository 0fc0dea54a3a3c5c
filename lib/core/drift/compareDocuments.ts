import { documentOf } from "#lib/core/document/parseDocument.ts";
import { isObject } from "#lib/core/document/isObject.ts";
import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import { type Change, type DriftRule, driftSeverities, type DriftSeverity } from "./Drift.ts";
import type { DriftSubject } from "./DriftSubject.ts";
import { driftRules } from "./driftRules.ts";
import { readStatement } from "./readStatement.ts";
import { driftDocumentUnreadable } from "./rules/document-unreadable.ts";
import { driftFormattingOnly } from "./rules/formatting-only.ts";
import { stableText } from "./sameValue.ts";
import { type Compared, subjectOf } from "./subjectOf.ts";

// Speaks only when no other rule has anything to say.
const speaking = driftRules.filter((rule) => rule !== driftFormattingOnly);

/**
 * What changed from one document and key set to the other, by effective metadata, most serious first; empty when both
 * say the same. Never throws. A software statement counts for servers that believe it and not for the others, so the
 * documents are compared both ways.
 */
export function compareDocuments(compared: Compared): Change[] {
  const subject = subjectOf(compared);
  // Nothing can be said about a document that cannot be read.
  if (compared.after.members === undefined) return changesBy([driftDocumentUnreadable], subject);
  const changes = changesBy(speaking, subject);
  const known = new Set(changes.map(identity));
  const stated = statedSubject(compared);
  for (const change of stated === undefined ? [] : changesBy(speaking, stated)) {
    if (!known.has(identity(change))) changes.push({ ...change, path: "/software_statement" });
  }
  if (changes.length === 0) return changesBy([driftFormattingOnly], subject);
  return changes.sort((a, b) => rank(a.severity) - rank(b.severity));
}

/** The severity of the most serious change. */
export function highestSeverity(changes: readonly Pick<Change, "severity">[]): DriftSeverity | "none" {
  return driftSeverities.find((severity) => changes.some((change) => change.severity === severity)) ?? "none";
}

function changesBy(rules: readonly DriftRule[], subject: DriftSubject): Change[] {
  return rules.flatMap((rule) =>
    rule.run(subject).map(({ message, path, severity, effect, before, after }) => ({
      rule: rule.id,
      severity: severity ?? rule.severity,
      message,
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      effect: effect ?? rule.effect,
    })),
  );
}

function rank(severity: DriftSeverity): number {
  return driftSeverities.indexOf(severity);
}

function identity({ rule, before, after, message }: Change): string {
  const values = before === undefined && after === undefined ? message : stableText([{ before }, { after }]);
  return `${rule} ${values}`;
}

/** The two documents as a server reads them that believes their statements; undefined when there are none. */
function statedSubject(compared: Compared): DriftSubject | undefined {
  const [before, after] = [stated(compared.before), stated(compared.after)];
  return before === compared.before && after === compared.after
    ? undefined
    : subjectOf({ ...compared, before, after });
}

function stated(document: ParsedDocument): ParsedDocument {
  const { claims } = readStatement(document.members ?? {});
  if (!isObject(document.members) || Object.keys(claims).length === 0) return document;
  const { text, bytes, faults } = document;
  return documentOf({ value: { ...document.members, ...claims }, faults, text, bytes });
}
