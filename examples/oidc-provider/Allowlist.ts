import type { Decision, Question } from "@rollcall/consumer";

/** What this server asks of the allowlist: a consumer of `@rollcall/consumer`, or a stand-in. */
export interface Allowlist {
  decide(question: Question): Decision | Promise<Decision>;
}
