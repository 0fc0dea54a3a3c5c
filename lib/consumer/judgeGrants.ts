import type { Question, Reason } from "./Decision.ts";
import type { GrantEntry } from "./wire.ts";

/** What a question asks for beyond the approved resources and scopes. */
export function judgeGrants(approved: readonly GrantEntry[] | undefined, question: Question): Reason[] {
  const reasons: Reason[] = [];
  const grants = approved ?? [];
  const resources = question.resource === undefined ? undefined : [question.resource].flat();
  const missing = resources?.filter((resource) => !grants.some((grant) => grant.resource === resource)) ?? [];
  if (missing.length > 0)
    reasons.push(["resource_not_approved", `Not approved for the resource ${missing.join(" ")}.`]);

  const covers = (grant: GrantEntry) => !resources || resources.includes(grant.resource);
  const over = scopesOf(question).filter(
    (scope) => !grants.some((grant) => covers(grant) && grant.scopes.includes(scope)),
  );
  if (over.length > 0) reasons.push(["scope_not_approved", `The scopes ${over.join(" ")} are not approved.`]);
  return reasons;
}

function scopesOf({ scope = "", scopes = [] }: Question): readonly string[] {
  const asked = scope.includes(" ") ? scope.split(" ") : [scope];
  return asked.concat(scopes).filter((each) => each !== "");
}
