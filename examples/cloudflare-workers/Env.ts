import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import type { Decision, Question } from "@rollcall/consumer";

/** Bindings and variables of wrangler.jsonc, and what workers-oauth-provider adds. */
export interface Env {
  /** The enrolment string of the list. */
  readonly ROLLCALL_HEAD: string;
  /** Bearer token, a secret; none for a public list. */
  readonly ROLLCALL_TOKEN?: string;
  /** This server's id in Rollcall; without it nothing is reported. */
  readonly ROLLCALL_CONSUMER_ID?: string;
  /** `report_only` refuses nobody; anything else enforces. */
  readonly ROLLCALL_ENFORCEMENT?: string;
  /** The resource tokens are issued for, and its scopes, separated by blanks. */
  readonly RESOURCE: string;
  readonly SCOPES: string;
  readonly ROSTER: { getByName(name: string): RosterStub };
  readonly OAUTH_PROVIDER: OAuthHelpers;
}

export interface RosterStub {
  decide(question: Question): Promise<Decision>;
  refresh(): Promise<unknown>;
}
