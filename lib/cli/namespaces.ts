import type { Command } from "commander";
import { toWire } from "#lib/core/naming.ts";
import { acts, openInstallation, reads, type Open } from "./acts.ts";
import { numberOf } from "./numberOf.ts";
import { printJson } from "./output.ts";
import { readAsked } from "./readAsked.ts";

const constraintMembers = [
  "constraints",
  "redirect_hosts",
  "loopback",
  "methods",
  "key_host",
  "grant_types",
  "grants",
  "resource",
  "scopes",
  "most_children",
];
const askedMembers = ["valid_days", "reason"];

/** Adds `rollcall namespaces`. Exit codes of match: 0 somebody's child, 1 nobody's. */
export function registerNamespaces(program: Command, open: Open = openInstallation): void {
  const namespaces = program
    .command("namespaces")
    .description("patterns under which publishers make client_ids, approved as a whole");
  reads(
    namespaces.command("list").description("every namespace with its state, children and end"),
    open,
    async (ctx) => {
      const { namespaceList } = await import("#lib/views/namespaces/namespaceList.ts");
      return namespaceList(ctx.db, ctx.clock());
    },
  );
  namespaces
    .command("match")
    .description("which namespaces a client_id belongs to, the one that decides first; prints JSON")
    .argument("<client_id>", "compared as a string")
    .option("--json", "print JSON (it always does)")
    .action(async (clientId: string) => {
      const { matchNamespaces } = await import("#lib/views/namespaces/matchNamespaces.ts");
      const found = await open((ctx) => matchNamespaces(ctx.db, ctx.clock(), clientId));
      await printJson(toWire(found));
      process.exitCode = found.length > 0 ? 0 : 1;
    });
  reads(
    namespaces.command("show <number>").description("one namespace, with the digest that votes bind to"),
    open,
    async (ctx, [number]) => {
      const { namespaceRecord } = await import("#lib/views/namespaces/namespaceRecord.ts");
      return namespaceRecord(ctx.db, ctx.clock(), numberOf(number, "A namespace"));
    },
  );
  reads(
    namespaces
      .command("try <number> <client_id>")
      .description("whether a client_id would be one of its clients, and what each server decides")
      .option("--redirect <redirect_uri>", "check this redirect URI, too"),
    open,
    async (ctx, [number, clientId = ""], { redirect }) => {
      const { tryNamespaceOf } = await import("#lib/views/namespaces/namespaceRecord.ts");
      return tryNamespaceOf(ctx.db, ctx.clock(), numberOf(number, "A namespace"), {
        clientId,
        redirectUri: redirect,
      });
    },
  );
  registerProposals(namespaces, open);
  registerDecisions(namespaces, open);
}

function registerProposals(namespaces: Command, open: Open): void {
  acts(
    namespaces
      .command("propose <file>")
      .description(`ask for a namespace; the file has the members of POST /namespaces ("-": standard input)`),
    open,
    async (ctx, actor, [file = ""]) => {
      const members = ["pattern", "name", "owner_team_id", "sponsor", "purpose"];
      const asked = await readAsked(file, [...members, ...constraintMembers, ...askedMembers]);
      const { proposeNamespace } = await import("#lib/flows/namespaces/proposeNamespace.ts");
      return proposeNamespace(ctx, actor, asked as Parameters<typeof proposeNamespace>[2]);
    },
  );
  acts(
    namespaces
      .command("change <number> <file>")
      .description("propose other constraints; the file has the members of POST /namespaces/{number}/change"),
    open,
    async (ctx, actor, [number, file = ""]) => {
      const asked = {
        ...(await readAsked(file, [...constraintMembers, ...askedMembers])),
        number: numberOf(number, "A namespace"),
      };
      const { proposeNamespaceChange } = await import("#lib/flows/namespaces/proposeNamespaceChange.ts");
      return proposeNamespaceChange(ctx, actor, asked as Parameters<typeof proposeNamespaceChange>[2]);
    },
  );
  acts(
    namespaces
      .command("renew <number>")
      .description("ask to prolong it, or to lift its suspension")
      .requiredOption("--reason <words>", "why")
      .option("--days <days>", "for how long", "180"),
    open,
    async (ctx, actor, [number], { reason = "", days }) => {
      const { renewNamespace } = await import("#lib/flows/namespaces/proposeNamespaceChange.ts");
      return renewNamespace(ctx, actor, { number: numberOf(number, "A namespace"), validDays: days, reason });
    },
  );
}

function registerDecisions(namespaces: Command, open: Open): void {
  acts(
    namespaces
      .command("vote <number> <verdict>")
      .description("approve or deny what waits, as a person")
      .requiredOption("--digest <digest>", "of what was looked at: namespaces show prints it")
      .requiredOption("--reason <words>", "why"),
    open,
    async (ctx, actor, [number, verdict], { digest = "", reason = "" }) => {
      const { voteOnNamespace } = await import("#lib/flows/namespaces/voteOnNamespace.ts");
      return voteOnNamespace(ctx, actor, {
        number: numberOf(number, "A namespace"),
        verdict: verdict as "approve" | "deny",
        digest,
        reason,
      });
    },
  );
  const deeds = {
    suspend: "refuse all its clients from the next release on",
    retire: "take it out of use for good",
    withdraw: "take back what waits for votes",
  };
  for (const [deed, does] of Object.entries(deeds))
    acts(
      namespaces.command(`${deed} <number>`).description(does).requiredOption("--reason <words>", "why"),
      open,
      async (ctx, actor, [number], { reason = "" }) => {
        const { suspendNamespace, retireNamespace } =
          await import("#lib/flows/namespaces/shrinkNamespace.ts");
        const { withdrawNamespace } = await import("#lib/flows/namespaces/withdrawNamespace.ts");
        const flows = { suspend: suspendNamespace, retire: retireNamespace, withdraw: withdrawNamespace };
        await flows[deed as keyof typeof flows](ctx, actor, {
          number: numberOf(number, "A namespace"),
          reason,
        });
      },
    );
}
