import { day, hour } from "#lib/core/Instant.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Database } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { announceKey } from "#lib/flows/clients/announceKey.ts";
import { confirmAnnouncement } from "#lib/flows/clients/confirmAnnouncement.ts";
import { saveChannel } from "#lib/flows/channels/saveChannel.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { register, setStage, vote, type Stage } from "#lib/flows/testing/stage.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { releaseContents } from "#lib/views/releases/releaseContents.ts";
import type { Sandbox } from "../sandbox/startSandbox.ts";
import { happenings, type Deed, type Happening, type ReleaseState } from "./happenings.ts";
import { Month } from "./Month.ts";
import { startReceiver } from "./startReceiver.ts";

/** What one happening led to. */
export interface Played {
  readonly happening: Happening;
  readonly findings: readonly { rule: string; severity: DriftSeverity; state: string; regressions: number }[];
  readonly release: ReleaseState;
  readonly finally: ReleaseState;
  readonly lifecycle: string;
  readonly notifications: readonly string[];
}

/** Plays the month on an empty database: everything but the clock is real. */
export async function playMonth(db: Database, sandbox: Sandbox): Promise<Played[]> {
  const receiver = await startReceiver();
  const ctx = await openTestContext(db, {
    sandbox,
    config: { notifyHosts: [receiver.host] },
  });
  try {
    const stage = await setStage(ctx);
    await turnSigningKeys(ctx);
    const month = new Month(ctx);
    for (const { clientId, document, keys } of happenings) {
      await sandbox.control.publish({ url: clientId, body: document });
      if (keys) await sandbox.control.publish({ url: keys.url, body: { keys: keys.set } });
    }
    const ids = await approveAll(ctx, stage);
    const channel = { name: "Month", kind: "webhook", settings: { url: receiver.url } };
    await saveChannel(ctx, stage.ada, { ...channel, minimumSeverity: "low", topics: [] });
    const start = ctx.clock();
    await month.until(start + hour);
    const before = await entries(ctx, stage);

    const looks = new Map<string, ReleaseState>();
    for (const { at, work } of agenda(async (happening, deed) => {
      if (deed) await doDeed(ctx, stage, sandbox, happening, ids.get(happening.clientId) ?? "", start, deed);
      else looks.set(happening.clientId, releaseState(before, await entries(ctx, stage), happening.clientId));
    })) {
      await month.until(start + at);
      await work();
    }
    await month.until(start + 30 * day);
    const after = await entries(ctx, stage);
    return await Promise.all(
      happenings.map(async (happening) => {
        const client = await find(db, "client", { clientId: happening.clientId });
        const findings = await findAll(db, "finding", { clientRowId: client?.id ?? "" });
        return {
          happening,
          findings: findings.sort((a, b) => a.number - b.number),
          release: looks.get(happening.clientId) ?? "denied",
          finally: releaseState(before, after, happening.clientId),
          lifecycle: client?.lifecycle ?? "",
          notifications: receiver.about(happening.clientId),
        };
      }),
    );
  } finally {
    await ctx.close();
    await receiver.stop();
  }
}

/** Deeds and looks in the order of their time. A look comes one cycle of the slowest client and a bit after the deed. */
function agenda(work: (happening: Happening, deed?: Deed) => Promise<void>) {
  return happenings
    .flatMap((happening) => [
      ...happening.deeds.map((deed) => ({ at: deed.at, work: () => work(happening, deed) })),
      { at: happening.counts + 7 * hour, work: () => work(happening) },
    ])
    .sort((a, b) => a.at - b.at);
}

async function approveAll(ctx: TestContext, stage: Stage): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { clientId } of happenings) {
    const { id, requestNumber } = await register(ctx, stage, clientId, ["tickets.read", "tickets.delete"]);
    for (const voter of [stage.rui, stage.sofia]) {
      const { state } = await vote(ctx, voter, requestNumber);
      if (state !== "open") break;
    }
    ids.set(clientId, id);
  }
  return ids;
}

async function doDeed(
  ctx: TestContext,
  stage: Stage,
  { control }: Sandbox,
  { clientId, keys }: Happening,
  id: string,
  start: number,
  deed: Deed,
): Promise<void> {
  if ("document" in deed) await control.publish({ url: clientId, body: deed.document });
  else if ("raw" in deed) await control.publish({ url: clientId, raw: deed.raw });
  else if ("keys" in deed) await control.publish({ url: keys?.url ?? "", body: { keys: deed.keys } });
  else if ("announce" in deed) {
    const announced = await announceKey(ctx, stage.mara, {
      id,
      key: deed.announce,
      note: "The yearly rotation.",
      expectedBy: new Date(start + deed.expectedBy).toISOString().slice(0, 10),
    });
    await confirmAnnouncement(ctx, stage.rui, { announcementId: announced.id });
  } else if (deed.fault) await control.break(clientId, deed.fault);
  else await control.mend(clientId);
}

async function entries(ctx: TestContext, stage: Stage): Promise<Map<string, AllowlistEntry>> {
  const head = await latestHead(ctx.db, stage.audienceId);
  const contents = head && (await releaseContents(ctx.db, head, 1_000));
  return new Map(contents?.entries.map(({ clientId, entry }) => [clientId, entry]));
}

function releaseState(
  before: ReadonlyMap<string, AllowlistEntry>,
  after: ReadonlyMap<string, AllowlistEntry>,
  clientId: string,
): ReleaseState {
  const [then, now] = [before.get(clientId), after.get(clientId)];
  if (then?.status !== "allow") throw new Error(`${clientId} was never listed.`);
  if (now?.status !== "allow") return "denied";
  const lost = (was: readonly string[], is: readonly string[]) => was.some((each) => !is.includes(each));
  const uris = (entry: typeof now) => entry.redirect_uris?.map(({ uri }) => uri) ?? [];
  if (lost(uris(then), uris(now))) return "narrowed";
  if (!lost(then.jkts ?? [], now.jkts ?? [])) return "as approved";
  return lost(now.jkts ?? [], then.jkts ?? []) ? "rotated" : "narrowed";
}
