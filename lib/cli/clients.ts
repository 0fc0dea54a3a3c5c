import type { Command } from "commander";
import { NoAnswer } from "./NoAnswer.ts";
import { acts, openInstallation, reads, type Open } from "./acts.ts";
import { readAsked } from "./readAsked.ts";

const clientMembers = ["client_id", "profile", "owner_team_id", "sponsor", "purpose", "contract"];
const grantMembers = ["grants", "resource", "scopes", "valid_days", "reason"];

/** Adds `rollcall clients`: the inventory, and what one person may do to it. */
export function registerClients(program: Command, open: Open = openInstallation): void {
  const clients = program.command("clients").description("the inventory");
  reads(
    clients
      .command("list [filter]")
      .description("by client_id; the filter is that of the Clients screen, e.g. lifecycle:approved"),
    open,
    async (ctx, [text = ""]) => {
      const { parseClientFilter } = await import("#lib/core/clientFilter/parseClientFilter.ts");
      const { listClients } = await import("#lib/views/clients/listClients.ts");
      const { filter, faults } = parseClientFilter(text);
      if (faults[0]) throw new NoAnswer(faults[0].sentence);
      const ask = {
        filter,
        order: { by: "client_id", descending: false },
        offset: 0,
        limit: 10_000,
      } as const;
      const { lines, matching } = await listClients(ctx.db, ctx.clock(), ask);
      return { clients: lines, matching };
    },
  );
  reads(clients.command("show <client_id>").description("one client"), open, async (ctx, [clientId = ""]) => {
    const { clientRowId } = await import("#lib/views/clients/clientRowId.ts");
    const { clientRecord } = await import("#lib/views/clients/clientRecord.ts");
    return clientRecord(ctx.db, await clientRowId(ctx.db, clientId));
  });
  acts(
    clients
      .command("register <file>")
      .description(
        `register one and ask for its approval; the file has the members of POST /clients ("-": standard input)`,
      ),
    open,
    async (ctx, actor, [file = ""]) => {
      const asked = await readAsked(file, [...clientMembers, ...grantMembers]);
      const { registerClient } = await import("#lib/flows/clients/registerClient.ts");
      return registerClient(ctx, actor, asked as Parameters<typeof registerClient>[2]);
    },
  );
  const deeds = {
    suspend: "take it off every list at once",
    block: "refuse it everywhere until it is unblocked",
    retire: "take it out of use",
  };
  for (const [deed, does] of Object.entries(deeds))
    acts(
      clients.command(`${deed} <client_id>`).description(does).requiredOption("--reason <words>", "why"),
      open,
      async (ctx, actor, [clientId = ""], { reason = "" }) => {
        const { clientRowId } = await import("#lib/views/clients/clientRowId.ts");
        const { blockClient, retireClient, suspendClient } =
          await import("#lib/flows/clients/shrinkClient.ts");
        const flows = { suspend: suspendClient, block: blockClient, retire: retireClient };
        const id = await clientRowId(ctx.db, clientId);
        await flows[deed as keyof typeof flows](ctx, actor, { id, reason });
      },
    );
}
