import { Option, type Command } from "commander";
import { acts, openInstallation, reads, type Open } from "./acts.ts";
import { numberOf } from "./numberOf.ts";

const states = ["open", "approved", "denied", "withdrawn", "expired"] as const;

/** Adds `rollcall requests`: what asks for more trust, and votes on it. */
export function registerRequests(program: Command, open: Open = openInstallation): void {
  const requests = program.command("requests").description("what asks for more trust");
  reads(
    requests
      .command("list")
      .description("newest first, at most 500")
      .addOption(new Option("--state <state>", "only those in this state").choices(states)),
    open,
    async (ctx, _args, { state }) => {
      const { listRequestRecords } = await import("#lib/views/review/requestRecord.ts");
      return listRequestRecords(ctx.db, state as (typeof states)[number] | undefined, 500);
    },
  );
  reads(
    requests.command("show <number>").description("one request, with the digest that votes bind to"),
    open,
    async (ctx, [number]) => {
      const { requestRecord } = await import("#lib/views/review/requestRecord.ts");
      return requestRecord(ctx.db, ctx.clock(), numberOf(number, "A request"));
    },
  );
  acts(
    requests
      .command("vote <number> <verdict>")
      .description("approve or deny, as a person")
      .requiredOption("--digest <digest>", "of the document that was looked at: requests show prints it")
      .requiredOption("--reason <words>", "why"),
    open,
    async (ctx, actor, [number, verdict], { digest = "", reason = "" }) => {
      const { castVote } = await import("#lib/flows/review/castVote.ts");
      const vote = { number: numberOf(number, "A request"), verdict, digest, reason };
      return castVote(ctx, actor, vote as Parameters<typeof castVote>[2]);
    },
  );
  acts(
    requests
      .command("withdraw <number>")
      .description("take it back")
      .requiredOption("--reason <words>", "why"),
    open,
    async (ctx, actor, [number], { reason = "" }) => {
      const { withdrawRequest } = await import("#lib/flows/review/withdrawRequest.ts");
      return withdrawRequest(ctx, actor, { number: numberOf(number, "A request"), reason });
    },
  );
}
