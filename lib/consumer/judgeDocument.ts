import type { Question, Reason } from "./Decision.ts";
import { redirectMatches } from "./redirectMatches.ts";
import type { AllowlistEntry } from "./wire.ts";

/**
 * What the document the server fetched speaks against: it may narrow the entry and never widen it. A digest that
 * was not approved denies only where the entry says so.
 */
export function judgeDocument(entry: AllowlistEntry, question: Question): Reason[] {
  return digestReasons(entry, question).concat(narrowReasons(entry, question));
}

function digestReasons(entry: AllowlistEntry, { document_sha256 }: Question): Reason[] {
  if (document_sha256 === undefined || entry.on_doc_mismatch !== "deny") return [];
  if (entry.doc_sha256?.includes(document_sha256)) return [];
  return [["document_mismatch", "The live document is not one that was approved."]];
}

function narrowReasons(entry: AllowlistEntry, question: Question): Reason[] {
  const { document, redirect_uri } = question;
  if (!document) return [];
  const reasons: Reason[] = [];
  if (document.client_id !== question.client_id)
    reasons.push(["document_mismatch", "The live document names another client_id."]);
  if (redirect_uri !== undefined && !inDocument(entry, document, redirect_uri))
    reasons.push(["redirect_not_approved", `The live document does not list ${redirect_uri}.`]);
  const method = entry.token_endpoint_auth_method;
  if (method !== undefined && !offers(document, method))
    reasons.push(["auth_method_mismatch", `The live document no longer offers ${method}.`]);
  const { grant_type } = question;
  if (grant_type !== undefined && !grantTypes(document).includes(grant_type))
    reasons.push(["grant_type_not_approved", `The live document does not name ${grant_type}.`]);
  return reasons;
}

/** The document must still list the URI; only for an approved loopback redirect may the port differ. */
function inDocument(
  entry: AllowlistEntry,
  document: Readonly<Record<string, unknown>>,
  requested: string,
): boolean {
  const listed = strings(document.redirect_uris);
  if (listed.includes(requested)) return true;
  const anyPort = entry.redirect_uris?.some(
    (each) => each.match === "loopback_any_port" && redirectMatches(each, requested),
  );
  return (
    anyPort === true && listed.some((uri) => redirectMatches({ uri, match: "loopback_any_port" }, requested))
  );
}

function offers(document: Readonly<Record<string, unknown>>, method: string): boolean {
  const singular = document.token_endpoint_auth_method ?? "none";
  return singular === method || strings(document.token_endpoint_auth_methods_supported).includes(method);
}

/** RFC 7591 §2: authorization_code when absent; a refresh token may follow where the server gives one. */
function grantTypes(document: Readonly<Record<string, unknown>>): string[] {
  return document.grant_types === undefined
    ? ["authorization_code", "refresh_token"]
    : strings(document.grant_types);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
