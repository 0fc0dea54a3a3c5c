import { readFileSync, writeFileSync } from "node:fs";
import { readConfig } from "#lib/config.ts";
import { openContext } from "#lib/context.ts";
import { day, minute } from "#lib/core/Instant.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { recordPulls } from "#lib/flows/servers/recordPulls.ts";
import { recordReport } from "#lib/flows/servers/recordReport.ts";
import { tokenActor } from "#lib/views/people/sessionActor.ts";
import { createSandboxControl } from "../sandbox/SandboxControl.ts";
import { foundCompany, type DemoServer } from "./foundCompany.ts";
import { liveThroughAutumn } from "./liveThroughAutumn.ts";
import { recallActivations } from "./recallActivations.ts";
import { reportSightings } from "./reportSightings.ts";
import { runServers } from "./runServers.ts";
import { Storyteller } from "./Storyteller.ts";

/** Fills an empty installation with a believable company, says so in one line, then plays its authorization servers. */
const config = readConfig(process.env, (path) => readFileSync(path, "utf8"));
if (!config.sandboxControl) throw new Error("The demo needs the sandbox: start it with npm start -- --demo.");
const ctx = await openContext({ ...config, logLevel: "error" }, { process: "cli", withKeys: true });
const end = Date.now() - minute;
const story = new Storyteller(ctx, createSandboxControl(config.sandboxControl), {
  start: end - 200 * day,
  end,
});
const servers = await foundCompany(story);
await liveThroughAutumn(story, (words) => console.error(`demo: ${words}`));
await recallActivations(ctx, servers, end);
await reportOnce(servers.find((server) => server.name === "idp-us-1"));
await reportSightings(ctx, story.control, servers, end);
await ctx.close();
// The browser journeys change what this small internet serves; its control sits on a port of its own choice.
if (process.env["E2E_SANDBOX_FILE"]) writeFileSync(process.env["E2E_SANDBOX_FILE"], config.sandboxControl);
console.log("demo: ready");

const stop = runServers(config.baseUrl, servers);
// A consumer does not keep a process alive by itself, and this one has nothing else to do.
setInterval(() => undefined, 60_000);
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => void stop().then(() => process.exit(0)));

/** The server that went quiet reported the release of yesterday and was not heard of since. */
async function reportOnce(server: DemoServer | undefined): Promise<void> {
  const consumer = server && (await find(ctx.db, "consumer", { id: server.consumerId }));
  const actor = server && (await tokenActor(ctx.db, Date.now(), server.token));
  const heads = consumer ? await findAll(ctx.db, "head", { audienceId: consumer.audienceId }) : [];
  const before = heads.filter(({ issuedAt }) => issuedAt < end - day).sort((a, b) => b.seq - a.seq)[0];
  if (!actor || !consumer || !before) return;
  const at = Math.floor((end - day) / 1_000);
  await recordPulls(ctx, [{ tokenId: actor.id, seq: before.seq, at: end - day }]);
  await recordReport({ ...ctx, clock: () => end - day }, actor, {
    consumerId: consumer.id,
    report: {
      list: server.slug,
      instance: server.name,
      active: {
        epoch: before.epoch,
        seq: before.seq,
        rev: before.rev,
        digest: before.digest,
        activated_at: at,
      },
      checked_at: at,
      mode: "mirror",
      enforcement: "enforce",
      error: null,
      client: "rollcall-consumer/0.1.0",
    },
  });
}
