import type { Question, Reason } from "./Decision.ts";
import { judgeGrants } from "./judgeGrants.ts";
import { redirectMatches } from "./redirectMatches.ts";
import type { NamespaceEntry } from "./wire.ts";

type Document = Readonly<Record<string, unknown>>;

const httpsRedirect = /^https:\/\/([^/?#@\\\s]+)(?:[/?][\x21\x22\x24-\x5b\x5d-\x7e]*)?$/;

/**
 * Everything that speaks against a client which is admitted only as a child of a namespace. Empty: allowed. `now` and
 * `headIat` in seconds. Nothing of a child was reviewed, so what the namespace does not name is refused, and the
 * document, when it is given, must keep to it too.
 */
export function judgeNamespace(
  entry: NamespaceEntry,
  question: Question,
  now: number,
  headIat: number,
): Reason[] {
  if (entry.status !== "allow")
    return [
      [
        "entry_denies",
        `${question.client_id} is denied: ${(entry.reason ?? "no reason given").replaceAll("_", " ")}.`,
      ],
    ];
  if (entry.exp !== undefined && entry.exp <= now)
    return [["expired", `The approval of ${entry.pattern} has ended.`]];
  if (entry.max_stale !== undefined && now - headIat > entry.max_stale)
    return [["stale", `The list is older than the ${entry.max_stale} s this namespace allows.`]];
  return [
    ...redirectReasons(entry, question),
    ...methodReasons(entry, question),
    ...grantTypeReasons(entry, question),
    ...judgeGrants(entry.grants, question),
    ...(question.document ? documentReasons(entry, question, question.document) : []),
  ];
}

/** Whether a namespace admits a redirect: https to a host it names, or loopback where it allows that. Nothing else. */
export function admitsRedirect(entry: NamespaceEntry, redirectUri: string): boolean {
  const uri = redirectUri;
  if (entry.loopback === true && redirectMatches({ uri, match: "loopback_any_port" }, uri)) return true;
  const host = httpsRedirect.exec(uri)?.[1];
  // The host as it is written and as a browser will read it: both must be the one that was approved.
  return (
    host !== undefined &&
    entry.redirect_hosts?.includes(host) === true &&
    URL.canParse(uri) &&
    new URL(uri).host === host
  );
}

function redirectReasons(entry: NamespaceEntry, { redirect_uri }: Question): Reason[] {
  if (redirect_uri === undefined || admitsRedirect(entry, redirect_uri)) return [];
  return [
    ["redirect_not_approved", `The redirect URI ${redirect_uri} leads where ${entry.pattern} may not lead.`],
  ];
}

function methodReasons(entry: NamespaceEntry, question: Question): Reason[] {
  const methods = entry.token_endpoint_auth_methods ?? [];
  const { token_endpoint_auth_method: method, jkt } = question;
  const reasons: Reason[] = [];
  if (method !== undefined && !methods.includes(method))
    reasons.push(["auth_method_mismatch", `${method} is not approved for ${entry.pattern}.`]);
  if (jkt === null && (!methods.includes("none") || (method !== undefined && method !== "none")))
    reasons.push(["key_not_approved", "The client authenticated without a key, and it has to use one."]);
  if (typeof jkt === "string" && methods.every((each) => each === "none"))
    reasons.push(["key_not_approved", `No key is approved for ${entry.pattern}.`]);
  return reasons;
}

function grantTypeReasons(entry: NamespaceEntry, { grant_type }: Question): Reason[] {
  if (grant_type === undefined || entry.grant_types?.includes(grant_type)) return [];
  return [["grant_type_not_approved", `The grant type ${grant_type} is not approved.`]];
}

/** What the child's own document says, which nobody reviewed: it must name this client, and may only be narrower. */
function documentReasons(entry: NamespaceEntry, question: Question, document: Document): Reason[] {
  const { redirect_uri, token_endpoint_auth_method: method, grant_type, jkt } = question;
  const reasons: Reason[] = [];
  if (document.client_id !== question.client_id)
    reasons.push(["document_mismatch", "The live document names another client_id."]);
  if (redirect_uri !== undefined && !lists(document, redirect_uri))
    reasons.push(["redirect_not_approved", `The live document does not list ${redirect_uri}.`]);
  const offered = methodsOf(document);
  const usable = offered.filter((each) => entry.token_endpoint_auth_methods?.includes(each));
  if (usable.length === 0 || (method !== undefined && !offered.includes(method)))
    reasons.push(["auth_method_mismatch", "The live document does not offer an approved method."]);
  if (jkt === null && !usable.includes("none"))
    reasons.push(["key_not_approved", "The live document says that the client authenticates with a key."]);
  if (grant_type !== undefined && !grantTypesOf(document).includes(grant_type))
    reasons.push(["grant_type_not_approved", `The live document does not name ${grant_type}.`]);
  if (document.jwks_uri !== undefined && !keysAt(document.jwks_uri, entry.jwks_host))
    reasons.push(["key_host_not_approved", "The live document's jwks_uri is not at the approved host."]);
  return reasons;
}

function lists(document: Document, requested: string): boolean {
  return strings(document.redirect_uris).some(
    (uri) => uri === requested || redirectMatches({ uri, match: "loopback_any_port" }, requested),
  );
}

/** Without either member a document is a public client's, as the documents of the wild mean it. */
function methodsOf(document: Document): string[] {
  const singular = document.token_endpoint_auth_method ?? "none";
  return [...strings([singular]), ...strings(document.token_endpoint_auth_methods_supported)];
}

/** RFC 7591 §2: authorization_code when absent; a refresh token may follow where the server gives one. */
function grantTypesOf(document: Document): string[] {
  return document.grant_types === undefined
    ? ["authorization_code", "refresh_token"]
    : strings(document.grant_types);
}

function keysAt(uri: unknown, host: string | undefined): boolean {
  if (typeof uri !== "string" || host === undefined) return false;
  return httpsRedirect.exec(uri)?.[1] === host && URL.canParse(uri) && new URL(uri).host === host;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
