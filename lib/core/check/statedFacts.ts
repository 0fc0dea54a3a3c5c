import { documentOf } from "#lib/core/document/parseDocument.ts";
import { readStatement } from "#lib/core/drift/readStatement.ts";
import type { Check } from "./Check.ts";
import type { CheckSubject } from "./CheckSubject.ts";
import { type CheckFacts, factsOf } from "./factsOf.ts";

/**
 * The client as a server reads it that believes the document's software statement: its claims win (RFC 7591 §2.3).
 * Undefined without one that says something.
 */
export function statedFacts(subject: CheckSubject): CheckFacts | undefined {
  const { members, text = "", bytes = 0, faults = [] } = subject.document ?? {};
  const { claims } = readStatement(members ?? {});
  if (members === undefined || Object.keys(claims).length === 0) return undefined;
  const document = documentOf({ value: { ...members, ...claims }, faults, text, bytes });
  return factsOf({ ...subject, document });
}

// These look at the body, or look into the statement by themselves.
const aboutTheBody = new Set([
  "document.syntax",
  "document.bom",
  "document.duplicate-member",
  "document.client-id-missing",
  "document.client-id-mismatch",
  "document.secret",
  "document.symmetric-auth",
  "document.private-material",
  "document.software-statement",
]);

/** Whether a check also judges what the statement claims. */
export function judgesStatements({ id }: Check): boolean {
  return /^(?:document|redirect)\./.test(id) && !aboutTheBody.has(id);
}
