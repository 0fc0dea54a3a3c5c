import { Resolver as CaresResolver } from "node:dns/promises";
import type { Resolver } from "./NetOptions.ts";

const noSuchRecord = new Set(["ENOTFOUND", "ENODATA"]);

/**
 * DNS by c-ares: no hosts file, no search list, no thread pool. At most `lookups` queries run at once.
 * One family failing is no matter while the other answers. `servers` replace those of the machine.
 */
export function createResolver(lookups: number, servers: readonly string[] = []): Resolver {
  const cares = new CaresResolver({ timeout: 2_000, tries: 2 });
  if (servers.length > 0) cares.setServers(servers);
  const waiting: (() => void)[] = [];
  let running = 0;

  async function query(resolve: () => Promise<string[]>): Promise<string[]> {
    if (running >= lookups) await new Promise<void>((turn) => waiting.push(turn));
    else running += 1;
    try {
      return await resolve();
    } catch (error) {
      if (error instanceof Error && "code" in error && noSuchRecord.has(String(error.code))) return [];
      throw error;
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    async resolve(host) {
      const [four, six] = await Promise.allSettled([
        query(() => cares.resolve4(host)),
        query(() => cares.resolve6(host)),
      ]);
      const answers = {
        A: four.status === "fulfilled" ? four.value : [],
        AAAA: six.status === "fulfilled" ? six.value : [],
      };
      if (answers.A.length + answers.AAAA.length > 0) return answers;
      if (four.status === "rejected") throw four.reason;
      if (six.status === "rejected") throw six.reason;
      return answers;
    },
    cancel() {
      cares.cancel();
    },
  };
}
