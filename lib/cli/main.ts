import { Command, CommanderError } from "commander";
import { registerAddress } from "./address.ts";
import type { Context } from "#lib/context.ts";
import { lookUpHosts } from "#lib/flows/watch/lookUpHosts.ts";
import { registerCheck } from "./check.ts";
import type { NetForCheck } from "./check/checkNamed.ts";
import { registerClients } from "./clients.ts";
import { registerCopies } from "./copies.ts";
import { registerDiff } from "./diff.ts";
import { registerDoctor } from "./doctor.ts";
import { registerEvaluate } from "./evaluate.ts";
import { registerExport } from "./export.ts";
import { registerFindings } from "./findings.ts";
import { registerFetchNow } from "./fetchNow.ts";
import { registerJournal } from "./journal.ts";
import { registerKeys } from "./keys.ts";
import { registerLists } from "./lists.ts";
import { registerMatch } from "./match.ts";
import { registerNamespaces } from "./namespaces.ts";
import { NoAnswer } from "./NoAnswer.ts";
import { endQuietlyWithoutReader } from "./output.ts";
import { registerReleases } from "./releases.ts";
import { registerRequests } from "./requests.ts";
import { registerRoot } from "./root.ts";
import { registerUnknown } from "./unknown.ts";
import { configuration, openingFault } from "./withContext.ts";

/** Work with the guarded network that this environment configures, without its database. */
async function withNet<T>(work: (net: Context["net"]) => Promise<T>): Promise<T> {
  const config = configuration();
  const { openNet } = await import("#lib/context.ts");
  const net = openNet(config);
  try {
    return await work(net);
  } finally {
    await net.close();
  }
}

const net: NetForCheck = {
  fetch: (url, kind) => withNet((open) => open.fetch({ url, kind })),
  lookUp: (clientId, members) => withNet((open) => lookUpHosts({ net: open }, clientId, members)),
};
const baseUrl = () => configuration().baseUrl;

function commands(): Command {
  const program = new Command("rollcall")
    .description("The governed inventory of OAuth clients that identify themselves with a URL.")
    .showHelpAfterError("Run it with --help to see what there is.")
    .exitOverride();
  registerCheck(program, { net, baseUrl });
  registerDiff(program, { baseUrl });
  registerAddress(program);
  registerMatch(program);
  registerEvaluate(program);
  registerExport(program);
  registerClients(program);
  registerRequests(program);
  registerCopies(program);
  registerNamespaces(program);
  registerUnknown(program);
  registerReleases(program);
  registerKeys(program);
  registerRoot(program);
  registerJournal(program);
  registerLists(program);
  registerFindings(program);
  registerFetchNow(program);
  registerDoctor(program);
  return program;
}

endQuietlyWithoutReader();
try {
  await commands().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.exitCode = 2;
    const known = error instanceof NoAnswer || (error instanceof Error && error.name === "Refusal");
    process.stderr.write(`rollcall: ${known ? error.message : outage(error)}\n`);
  }
}

/** A bug keeps its stack, an outage of the database is told in a sentence. */
function outage(error: unknown): string {
  const fault = ((error as Error).cause ?? error) as Error & { code?: string };
  if (!fault.code) return (error as Error).stack ?? String(error);
  try {
    return openingFault(configuration(), fault);
  } catch {
    return fault.message;
  }
}
