import { Option, type Command } from "commander";
import type { UnknownShow } from "#lib/views/sightings/unknownClients.ts";
import { acts, openInstallation, reads, type Open } from "./acts.ts";

const shows: readonly UnknownShow[] = ["all", "passed", "refused", "lookalike", "invalid", "aside"];

/** Adds `rollcall unknown`, what servers met that nobody asked for, and `rollcall hosts`, those that are refused whole. */
export function registerUnknown(program: Command, open: Open = openInstallation): void {
  const unknown = program.command("unknown").description("client_ids that servers met and nobody asked for");
  reads(
    unknown
      .command("list [words]")
      .description("by host, the most asked for first")
      .addOption(new Option("--show <part>", "a part of them").choices(shows).default("all"))
      .option("--host <host>", "of this host, with all its clients"),
    open,
    async (ctx, [q = ""], { show, host }) => {
      const { unknownRecords } = await import("#lib/views/sightings/unknownRecords.ts");
      const ask = { q, show: show as UnknownShow, host, offset: 0, limit: 200 };
      return unknownRecords(ctx.db, ctx.clock(), { kind: "system", name: "rollcall command" }, ask);
    },
  );
  acts(
    unknown
      .command("ignore <client_id>")
      .description("leave one out until servers met it so many times more")
      .requiredOption("--times <n>", "how many"),
    open,
    async (ctx, actor, [clientId = ""], { times }) => {
      const { ignoreSighted } = await import("#lib/flows/sightings/ignoreSighted.ts");
      return ignoreSighted(ctx, actor, { clientId, times });
    },
  );
  acts(
    unknown
      .command("deny <client_id>")
      .description("refuse one by name on every list")
      .requiredOption("--reason <words>", "why"),
    open,
    async (ctx, actor, [clientId = ""], { reason = "" }) => {
      const { denySighted } = await import("#lib/flows/sightings/denySighted.ts");
      return denySighted(ctx, actor, { clientId, reason });
    },
  );
  registerHosts(program, open);
}

function registerHosts(program: Command, open: Open): void {
  const hosts = program.command("hosts").description("hosts whose clients every list refuses");
  reads(hosts.command("list").description("which, why, and who asked to lift it"), open, async (ctx) => {
    const { hostBlockRecords } = await import("#lib/views/sightings/unknownRecords.ts");
    return hostBlockRecords(ctx.db);
  });
  acts(
    hosts
      .command("block <host>")
      .description("refuse all its clients on every list")
      .requiredOption("--reason <words>", "why"),
    open,
    async (ctx, actor, [host = ""], { reason = "" }) => {
      const { blockHost } = await import("#lib/flows/sightings/blockHost.ts");
      return blockHost(ctx, actor, { host, reason });
    },
  );
  const words = {
    lift: "ask to lift a block, or confirm what another person asked; as a person",
    keep: "say no to whoever asked to lift it; as a person",
  };
  for (const [verb, does] of Object.entries(words))
    acts(
      hosts.command(`${verb} <host>`).description(does).requiredOption("--reason <words>", "why"),
      open,
      async (ctx, actor, [host = ""], { reason = "" }) => {
        const { liftHostBlock } = await import("#lib/flows/sightings/liftHostBlock.ts");
        return { outcome: await liftHostBlock(ctx, actor, { host, reason, keep: verb === "keep" }) };
      },
    );
}
