import type { Command } from "commander";
import { acts, openInstallation, reads, type Open } from "./acts.ts";
import { numberOf } from "./numberOf.ts";

/** Adds `rollcall releases`: what was published, and going back to it. */
export function registerReleases(program: Command, open: Open = openInstallation): void {
  const releases = program.command("releases").description("what was published, and going back to it");
  reads(
    releases.command("list <slug>").description("the last 60 of a list, newest first"),
    open,
    async (ctx, [slug = ""]) => {
      const { releaseRecords } = await import("#lib/views/releases/releaseRecords.ts");
      return releaseRecords(ctx.db, ctx.clock(), slug);
    },
  );
  reads(
    releases
      .command("show <slug> <rev>")
      .description("what one says, and what it says otherwise than the one before it")
      .option("--against <rev>", "than this one instead"),
    open,
    async (ctx, [slug = "", rev], { against }) => {
      const { releaseRecord } = await import("#lib/views/releases/releaseRecords.ts");
      const other = against === undefined ? undefined : numberOf(against, "A release");
      return releaseRecord(ctx.db, ctx.clock(), slug, numberOf(rev, "A release"), other);
    },
  );
  acts(
    releases
      .command("roll-back <slug> <rev>")
      .description("from now on allow no more than this release; as a person")
      .requiredOption("--reason <words>", "why"),
    open,
    async (ctx, actor, [slug = "", rev], { reason = "" }) => {
      const { releaseRecord } = await import("#lib/views/releases/releaseRecords.ts");
      const { audienceBySlug } = await import("#lib/views/servers/audienceBySlug.ts");
      const { holdRelease } = await import("#lib/flows/releases/holdRelease.ts");
      const { id: audienceId } = await audienceBySlug(ctx.db, slug);
      const { epoch } = await releaseRecord(ctx.db, ctx.clock(), slug, numberOf(rev, "A release"));
      return holdRelease(ctx, actor, { audienceId, epoch, rev: numberOf(rev, "A release"), reason });
    },
  );
  const words = {
    "end-rollback": "ask to end it, or confirm what another person asked; as a person",
    "keep-rollback": "say no to whoever asked to end it; as a person",
  };
  for (const [verb, does] of Object.entries(words))
    acts(releases.command(`${verb} <slug>`).description(does), open, async (ctx, actor, [slug = ""]) => {
      const { audienceBySlug } = await import("#lib/views/servers/audienceBySlug.ts");
      const { letGoOfRelease } = await import("#lib/flows/releases/letGoOfRelease.ts");
      const { id: audienceId } = await audienceBySlug(ctx.db, slug);
      const keep = verb === "keep-rollback";
      return { outcome: await letGoOfRelease(ctx, actor, { audienceId, keep }) };
    });
}
