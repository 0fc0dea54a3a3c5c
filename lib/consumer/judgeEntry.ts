import type { Question, Reason } from "./Decision.ts";
import { judgeDocument } from "./judgeDocument.ts";
import { judgeGrants } from "./judgeGrants.ts";
import { redirectMatches } from "./redirectMatches.ts";
import type { AllowlistEntry } from "./wire.ts";

/** Everything in an understood entry that speaks against a question. Empty: allowed. `now` and `headIat` in seconds. */
export function judgeEntry(
  entry: AllowlistEntry,
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
    return [["expired", `The approval of ${question.client_id} has ended.`]];
  if (entry.max_stale !== undefined && now - headIat > entry.max_stale)
    return [["stale", `The list is older than the ${entry.max_stale} s this client allows.`]];
  return redirectReasons(entry, question).concat(
    methodReasons(entry, question),
    grantReasons(entry, question),
    judgeDocument(entry, question),
  );
}

function redirectReasons(entry: AllowlistEntry, { redirect_uri }: Question): Reason[] {
  if (redirect_uri === undefined) return [];
  if (entry.redirect_uris?.some((each) => redirectMatches(each, redirect_uri))) return [];
  return [["redirect_not_approved", `The redirect URI ${redirect_uri} is not approved.`]];
}

function methodReasons(entry: AllowlistEntry, question: Question): Reason[] {
  const reasons: Reason[] = [];
  const { token_endpoint_auth_method: method, jkt } = question;
  if (method !== undefined && method !== entry.token_endpoint_auth_method)
    reasons.push(["auth_method_mismatch", `${method} is not the approved token_endpoint_auth_method.`]);
  const keys = entry.jkts ?? [];
  const needsKey = keys.length > 0 || entry.token_endpoint_auth_method === "private_key_jwt";
  if (jkt === null && needsKey)
    reasons.push(["key_not_approved", "The client authenticated without a key, and it has to use one."]);
  else if (typeof jkt === "string" && keys.length > 0 && !keys.includes(jkt))
    reasons.push(["key_not_approved", "The key that authenticated the client is not approved."]);
  return reasons;
}

function grantReasons(entry: AllowlistEntry, question: Question): Reason[] {
  const { grant_type } = question;
  const reasons: Reason[] =
    grant_type !== undefined && !entry.grant_types?.includes(grant_type)
      ? [["grant_type_not_approved", `The grant type ${grant_type} is not approved.`]]
      : [];
  return reasons.concat(judgeGrants(entry.grants, question));
}
