import type { Answers } from "#lib/core/address/judgeAnswers.ts";
import { FetchFailure } from "./FetchFailure.ts";
import type { Resolver } from "./NetOptions.ts";
import { untilAborted } from "./untilAborted.ts";

/** What DNS says of a name; no address at all is a failure. */
export async function lookUp(host: string, resolver: Resolver, signal: AbortSignal): Promise<Answers> {
  const answers = await untilAborted((async () => resolver.resolve(host))(), signal).catch(
    (error: unknown) => {
      if (error instanceof FetchFailure) throw error;
      const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
      throw new FetchFailure("dns_error", `DNS did not answer for ${host}${code}. It is tried again later.`);
    },
  );
  if (answers?.A?.length === 0 && answers.AAAA?.length === 0) {
    throw new FetchFailure(
      "dns_error",
      `The name ${host} has no address in DNS. Check that the domain still exists.`,
    );
  }
  return answers;
}
