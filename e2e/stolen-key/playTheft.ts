import { systemActor } from "#lib/core/Actor.ts";
import type { HeadClaims } from "#lib/core/allowlist/wire.ts";
import { hour, minute, second } from "#lib/core/Instant.ts";
import { memoryStore } from "#lib/consumer/createConsumer.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find } from "#lib/db/rows.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { resignHeads } from "#lib/flows/signing/resignHeads.ts";
import { revokeSigningKey } from "#lib/flows/signing/revokeSigningKey.ts";
import { rotateSigningKey } from "#lib/flows/signing/turnSigningKeys.ts";
import { signingKeyExposure, type ServerExposure } from "#lib/views/signing/signingKeyExposure.ts";
import type { Sandbox } from "../sandbox/startSandbox.ts";
import { Attacker } from "./Attacker.ts";
import { openInstallation, type Installation } from "./openInstallation.ts";
import { Watched, type Course } from "./Watched.ts";

/** How the thief goes about it. */
export interface Theft {
  readonly title: string;
  /** What the forged head says besides the list that admits the evil client. */
  readonly forged: Partial<HeadClaims>;
  /** Whether the thief goes on answering for heads after the revocation. */
  readonly keepsPath: boolean;
  /** Whether an installation with a root, and servers that follow it. */
  readonly rooted: boolean;
}

/** Milliseconds after the forged head was served first. */
export const revokedAfter = 5 * minute;
/** How long it takes to fetch the root key from its safe. */
export const ceremonyTakes = 30 * minute;
const watchedFor = 30 * minute;
/** How often a server looks, and with it the precision of every number. */
export const step = 10 * second;

export interface Played {
  readonly title: string;
  readonly courses: readonly Course[];
  /** The injected time at which the forged head was served first. */
  readonly began: number;
  /** What the product said of each server half a minute after the revocation. */
  readonly exposure: readonly ServerExposure[];
}

/** One theft from beginning to end, on a real installation, with real consumers, in injected time. */
export async function playTheft(sandbox: Sandbox, theft: Theft): Promise<Played> {
  const attacker = new Attacker();
  await attacker.start();
  const home = await openInstallation(sandbox, attacker.url);
  attacker.before(home.url);
  const watched: Watched[] = [];
  try {
    await publishStandby(home, theft.rooted);
    const pin = (await find(home.ctx.db, "signingKey", { state: "active" }))?.kid ?? "";
    watched.push(...(await connectServers(home, attacker.url, pin, theft.rooted)));
    await run(home, watched, 2 * step);
    for (const each of watched)
      if (!(await each.admitsGood()))
        throw new Error(`${each.course.name} did not start: ${each.course.last}`);

    const head = await latestHead(home.ctx.db, home.audienceId);
    if (!head) throw new Error("Nothing was published.");
    const real = JSON.parse(Buffer.from(head.jws.split(".")[1] ?? "", "base64url").toString()) as HeadClaims;
    await attacker.serveForged(await attacker.steal(home.ctx), real, home.ctx.clock(), theft.forged);
    const began = home.ctx.clock();
    await run(home, watched, revokedAfter);

    const reason = "Somebody signed a list with it that is not ours.";
    await revokeSigningKey(home.ctx, systemActor, { kid: pin, reason });
    if (!theft.keepsPath) attacker.letGo();
    await run(home, watched, 3 * step);
    const exposure = (await signingKeyExposure(home.ctx.db, home.ctx.clock(), pin))?.servers ?? [];
    await run(home, watched, ceremonyTakes - 3 * step);
    if (theft.rooted) await home.publishKeySet();
    await run(home, watched, watchedFor);

    attacker.letGo();
    await helpByHand(home, watched, attacker.url);
    await run(home, watched, 2 * step);
    return { title: theft.title, courses: watched.map(({ course }) => course), began, exposure };
  } finally {
    for (const each of watched) await each.stop();
    attacker.stop();
    await home.close();
  }
}

/** As docs/signing-keys.md asks for: a next key that was published, and named, for a day. */
async function publishStandby(home: Installation, rooted: boolean): Promise<void> {
  await home.beat();
  await rotateSigningKey(home.ctx, systemActor);
  if (rooted) await home.publishKeySet({ addRoots: [home.root] });
  home.ctx.pass(25 * hour);
  await resignHeads(home.ctx);
  await home.beat();
}

async function connectServers(
  home: Installation,
  url: string,
  pin: string,
  rooted: boolean,
): Promise<Watched[]> {
  const kinds = [
    { name: "level 1, lazy", mode: "lazy", level: 1, pinned: false },
    { name: "level 1, mirror", mode: "mirror", level: 1, pinned: false },
    { name: "level 1, key pinned", mode: "lazy", level: 1, pinned: true },
    { name: "level 2, lazy", mode: "lazy", level: 2, pinned: false },
    { name: "level 2, mirror", mode: "mirror", level: 2, pinned: false },
  ] as const;
  const servers: Watched[] = [];
  for (const { name, mode, level, pinned } of kinds) {
    if (level === 2 && !rooted) continue;
    const { consumerId, token, enrolment } = await connectConsumer(home.ctx, systemActor, {
      audienceId: home.audienceId,
      name: name.replaceAll(/\W+/g, "-"),
    });
    servers.push(
      new Watched(name, {
        head: level === 2 ? enrolment : enrolment.replace(/root=[^&]*&?/, ""),
        mode,
        token,
        clock: home.ctx.clock,
        status: { url, consumerId },
        ...(pinned ? { pinnedKids: [pin] } : {}),
      }),
    );
  }
  return servers;
}

async function run(home: Installation, watched: readonly Watched[], length: number): Promise<void> {
  for (let passed = 0; passed < length; passed += step) {
    home.ctx.pass(step);
    await resignHeads(home.ctx);
    await home.beat();
    await Promise.all(watched.map((each) => each.look(home.ctx.clock())));
  }
}

/** What docs/signing-keys.md asks of an operator at a server that has not recovered by itself, in that order. */
async function helpByHand(home: Installation, watched: readonly Watched[], url: string): Promise<void> {
  await run(home, watched, 2 * step);
  const head = await latestHead(home.ctx.db, home.audienceId);
  const kid = (await find(home.ctx.db, "signingKey", { state: "active" }))?.kid ?? "";
  for (const each of watched)
    if (each.isPinned && each.course.recoveredAt === null)
      await each.restart("pin the new key", { pinnedKids: [kid] });
  await run(home, watched, 2 * step);
  for (const each of watched)
    if (each.course.admittedAt !== null && each.course.recoveredAt === null)
      await each.restart("remove its store, enrol again", {
        store: memoryStore(),
        head: `${url}/v1/lists/prod/head#min_seq=${head?.seq ?? 1}`,
      });
}
