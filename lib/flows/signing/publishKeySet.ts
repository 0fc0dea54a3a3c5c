import type { Actor } from "#lib/core/Actor.ts";
import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";
import { second } from "#lib/core/Instant.ts";
import { requirePermission } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { judgeKeySet } from "#lib/core/rootKeySet/judgeKeySet.ts";
import { judgeKeySetHere } from "#lib/core/rootKeySet/judgeKeySetHere.ts";
import { parseKeySetClaims } from "#lib/core/rootKeySet/parseKeySetClaims.ts";
import { readStoredKeySet } from "#lib/core/rootKeySet/readStoredKeySet.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listKnownKeys } from "#lib/db/queries/listKnownKeys.ts";
import { newestKeySet } from "#lib/db/queries/newestKeySet.ts";
import { findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { revokeInside } from "./signingKeySteps.ts";

export interface PublishedKeySet {
  readonly version: number;
  readonly epoch: number;
  /** Thumbprint of the root that signed it. */
  readonly signedBy: string;
  readonly revoked: readonly string[];
  readonly sentence: string;
}

/**
 * Takes a key set that a root signed elsewhere: verifies it as a server that walks the chain would, and that its keys are
 * ours; stores it; and does what it says. Its epoch becomes that of every list, what it revokes is revoked here, and all
 * lists are signed anew at once.
 */
export async function publishKeySet(
  ctx: Context,
  actor: Actor,
  input: { jws: string },
): Promise<PublishedKeySet> {
  requirePermission(actor, "administer");
  const jws = input.jws.trim();
  const newest = await newestKeySet(ctx.db);
  if (newest?.jws === jws)
    throw new Refusal("conflict", `This is key set ${newest.version}, which is published already.`);
  const last = newest && readStoredKeySet(newest.jws);
  const verified = await ctx.verifyKeySet(jws, last?.roots);
  if (!verified.ok) throw refused([verified.sentence]);
  const parsed = parseKeySetClaims(verified.claims);
  if (!parsed.ok) throw refused(parsed.faults);
  const { claims } = parsed;
  const faults = judgeKeySet(claims, { iss: ctx.config.baseUrl, last, now: ctx.clock() });
  if (faults.length > 0) throw refused(faults);
  return ctx.db.transaction(async (tx) => {
    if ((await newestKeySet(tx))?.version !== newest?.version)
      throw new Refusal("conflict", "Another key set was published a moment ago. Propose this one again.");
    const here = [
      ...judgeKeySetHere(claims, await listKnownKeys(tx)),
      ...(newest ? [] : judgeFirstEpoch(claims, await findAll(tx, "audience"))),
    ];
    if (here.length > 0) throw refused(here);
    await insert(tx, "keySet", rowOf(ctx, actor, claims, jws));
    const revoked = await revokeNamed(ctx, tx, actor, claims);
    const raised = await setEpochs(tx, claims.epoch);
    await note(ctx, tx, actor, {
      action: "key_set.published",
      subject: { kind: "key_set", id: String(claims.version), name: `key set ${claims.version}` },
      detail: { version: claims.version, epoch: claims.epoch, signedBy: verified.kid, revoked },
    });
    await scheduleRelease(ctx, tx, `key set ${claims.version}`, 0, []);
    return {
      version: claims.version,
      epoch: claims.epoch,
      signedBy: verified.kid,
      revoked,
      sentence: sentenceOf(claims, newest === undefined, raised, verified.kid),
    };
  });
}

/** Lists were in an epoch of their own before: going back from it, servers would take none. */
function judgeFirstEpoch({ epoch }: KeySetClaims, audiences: readonly Row<"audience">[]): string[] {
  const now = Math.max(1, ...audiences.map((each) => each.epoch));
  if (epoch === now || epoch === now + 1) return [];
  return [`Its epoch is ${epoch}; lists are in epoch ${now}, so it is that or ${now + 1}. Propose it again.`];
}

function rowOf(ctx: Context, actor: Actor, claims: KeySetClaims, jws: string): Row<"keySet"> {
  return {
    version: claims.version,
    epoch: claims.epoch,
    jws,
    digest: sha256Hex(jws),
    roots: claims.roots.map(({ kid }) => kid),
    kids: claims.keys.map(({ kid }) => kid),
    issuedAt: claims.iat * second,
    expiresAt: claims.exp * second,
    acceptedAt: ctx.clock(),
    acceptedBy: actor.name,
  };
}

async function revokeNamed(ctx: Context, tx: Write, actor: Actor, claims: KeySetClaims): Promise<string[]> {
  const alive = new Set(
    (await listKnownKeys(tx)).filter(({ state }) => state !== "revoked").map(({ kid }) => kid),
  );
  const revoked = claims.revoked.filter(({ kid }) => alive.has(kid));
  for (const { kid, reason } of revoked) await revokeInside(ctx, tx, actor, kid, reason);
  return revoked.map(({ kid }) => kid);
}

async function setEpochs(tx: Write, epoch: number): Promise<boolean> {
  const behind = (await findAll(tx, "audience")).filter((each) => each.epoch !== epoch);
  for (const { id } of behind) await update(tx, "audience", { id }, { epoch });
  return behind.length > 0;
}

function sentenceOf(claims: KeySetClaims, first: boolean, raised: boolean, root: string): string {
  const lists = raised
    ? `Every list is signed anew in epoch ${claims.epoch}: whatever was signed before counts no more for servers that follow the root.`
    : "Every list is signed anew and names it.";
  return first
    ? `Key set 1 is published. ${lists} Servers follow it when their enrolment string names this root: #root=${root}`
    : `Key set ${claims.version} is published. ${lists} Servers read it within five minutes.`;
}

function refused(faults: readonly string[]): Refusal {
  return new Refusal("invalid_input", `The key set is not accepted. ${faults.join(" ")}`);
}
