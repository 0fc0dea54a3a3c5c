import { second, type Instant } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Database, Write } from "#lib/db/Database.ts";
import { takeListLease } from "#lib/db/queries/takeListLease.ts";
import { find, update, type Row } from "#lib/db/rows.ts";

/** The right to publish one list, until it ends or somebody else has it: then `token` is too low. */
export interface Lease {
  readonly name: string;
  readonly token: number;
  until: Instant;
}

/** Longer than a single change ever takes; whoever builds a whole list renews it. */
const leaseFor = 30 * second;

const holders = new WeakMap<Database, string>();

function holderOf(ctx: Context): string {
  let holder = holders.get(ctx.db);
  if (!holder) holders.set(ctx.db, (holder = ctx.newId()));
  return holder;
}

/** Undefined while another process has it. */
export async function takeLease(ctx: Context, tx: Write, audienceId: string): Promise<Lease | undefined> {
  const name = `publish:${audienceId}`;
  const holder = holderOf(ctx);
  const now = ctx.clock();
  const until = now + leaseFor;
  const token = await takeListLease(tx, name, holder, now, until);
  return token === undefined ? undefined : { name, token, until };
}

/** The lease for somebody who asks for one list; refused while another process publishes it. */
export async function requireLease(ctx: Context, audience: Row<"audience">): Promise<Lease> {
  const lease = await ctx.db.transaction((tx) => takeLease(ctx, tx, audience.id));
  if (lease) return lease;
  throw new Refusal(
    "conflict",
    `Another process is publishing the list of ${audience.slug}. Try again in half a minute.`,
  );
}

/** Renews a lease that has run for half its time, so that long work keeps it. */
export async function keepLease(ctx: Context, lease: Lease): Promise<void> {
  const now = ctx.clock();
  if (lease.until - now > leaseFor / 2) return;
  lease.until = now + leaseFor;
  const { name, token, until } = lease;
  await ctx.db.transaction((tx) => update(tx, "lease", { name, token }, { until }));
}

/** Whether nobody else got the lease meanwhile. */
export async function holdsLease(tx: Write, { name, token }: Lease): Promise<boolean> {
  return (await find(tx, "lease", { name }))?.token === token;
}

/** Gives the lease back, so that whoever comes next need not wait; false when somebody else got it meanwhile. */
export async function returnLease(ctx: Context, tx: Write, { name, token }: Lease): Promise<boolean> {
  return (await update(tx, "lease", { name, token }, { until: ctx.clock() })) === 1;
}
