import type { Decision, Question } from "@rollcall/consumer";
import type { Env } from "./Env.ts";

/** Asks the list. A roster that cannot be reached denies; why is in the log. */
export async function askRoster(env: Env, question: Question): Promise<Decision> {
  try {
    const decision = await env.ROSTER.getByName("allowlist").decide(question);
    if (decision.decision === "deny")
      console.log(JSON.stringify({ type: "refused", why: decision.sentence }));
    return decision;
  } catch (error) {
    const sentence = `The roster could not be asked: ${(error as Error).message}`;
    console.error(sentence);
    return { decision: "deny", reasons: ["unavailable"], sentence, seq: null };
  }
}

/** Of these scopes the ones approved for the resource, and those that name no resource. */
export function approvedScopes(decision: Decision, resource: string, scopes: string[]): string[] {
  const { entry, namespace, would } = decision;
  // `would` is there in report-only mode, which takes nothing from anybody.
  if (would !== undefined) return scopes;
  const { grants = [] } = entry ?? namespace ?? {};
  const approved = grants.flatMap((grant) => (grant.resource === resource ? grant.scopes : []));
  return scopes.filter((scope) => scope === "offline_access" || approved.includes(scope));
}
