import { systemActor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { openRequestOf } from "#lib/db/queries/openRequestOf.ts";
import { findAll } from "#lib/db/rows.ts";
import { closeRequest } from "./closeRequest.ts";

const reason = "Nobody decided in time.";

/** Closes every open request whose time has run out and says how many; their clients may be asked for again. */
export async function expireRequests(ctx: Context): Promise<number> {
  const due = (await findAll(ctx.db, "request", { state: "open" })).filter(
    (request) => request.expiresAt <= ctx.clock(),
  );
  for (const { clientRowId } of due) await ctx.db.transaction((tx) => expireRequestOf(ctx, tx, clientRowId));
  return due.length;
}

/** The same for one client, inside the caller's transaction: nobody who asks anew has to wait for the timer. */
export async function expireRequestOf(ctx: Context, tx: Write, clientRowId: string): Promise<void> {
  const open = await openRequestOf(tx, clientRowId);
  if (open && open.expiresAt <= ctx.clock())
    await closeRequest(ctx, tx, systemActor, open, "expired", reason);
}
