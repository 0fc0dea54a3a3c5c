import { z } from "zod";
import { hour, minute, second, type Instant } from "#lib/core/Instant.ts";
import { networkOf } from "#lib/core/address/networkOf.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Role } from "#lib/core/role.ts";
import { systemActor, type PersonActor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { find, insert, remove, update, upsert, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { verifyPassword } from "./password.ts";

const signInInput = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254)
    .transform((text) => storableText(text) ?? ""),
  password: z.string().max(256),
  /** The address of whoever tries: attempts are counted per account and per network it belongs to. */
  address: z.string().max(100),
});

export interface Session {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** Free tries before each further one waits twice as long, up to a quarter of an hour. */
const freeTries = 5;
const longestWait = 15 * minute;
/** After this long without a try, those before it are forgotten. */
export const triesKept = hour;

/** Starts a session for an account and its password. What is wrong is never told apart: account or password. */
export async function signIn(ctx: Context, input: z.input<typeof signInInput>): Promise<Session> {
  const { email, password, address } = parseInput(signInInput, input);
  const account = accountKey(email);
  const network = `address:${networkOf(address)}`;
  await countTry(ctx, [account, network]);
  const person = await find(ctx.db, "person", { email });
  const right = await verifyPassword(password, person?.active ? person.passwordHash : null);
  if (!person || !right) {
    if (person)
      await ctx.db.transaction((tx) =>
        note(ctx, tx, systemActor, {
          action: "sign_in.failed",
          subject: { kind: "person", id: person.id, name: person.name },
          detail: { address },
        }),
      );
    throw new Refusal("not_allowed", "The e-mail address or the password is wrong.");
  }
  return ctx.db.transaction(async (tx) => {
    await remove(tx, "signInThrottle", { key: account });
    await takeBack(ctx, tx, network);
    return startSession(ctx, tx, person);
  });
}

/** One-click sign-in of the demo: only where the configuration says that this is one. */
export async function signInDemo(ctx: Context, input: { role: Role }): Promise<Session> {
  if (!ctx.config.demo) throw new Refusal("not_allowed", "This is not a demo.");
  const person = await find(ctx.db, "person", { role: input.role, active: true });
  if (!person) throw new Refusal("not_found", `The demo has no ${input.role}.`);
  return ctx.db.transaction((tx) => startSession(ctx, tx, person));
}

/** Ends a session at once. */
export async function signOut(ctx: Context, input: { token: string }): Promise<void> {
  await ctx.db.transaction((tx) => remove(tx, "session", { tokenHash: sha256Hex(input.token) }));
}

/** Ends every session of whoever asks, in all browsers. */
export async function signOutEverywhere(ctx: Context, actor: PersonActor): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await remove(tx, "session", { personId: actor.id });
    await note(ctx, tx, actor, {
      action: "person.signed_out",
      subject: { kind: "person", id: actor.id, name: actor.name },
    });
  });
}

/** What tries at an account's password are counted under. */
export function accountKey(email: string): string {
  return `account:${sha256Hex(email)}`;
}

/**
 * Counts a try at a password under each key, or refuses it when there were too many. Done before the password is looked
 * at, so that guesses sent at the same time count as well.
 */
export async function countTry(ctx: Context, keys: readonly string[]): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await refuseThrottled(ctx, tx, keys);
    for (const key of keys) await countFailure(ctx, tx, key);
  });
}

export async function startSession(ctx: Context, tx: Write, person: Row<"person">): Promise<Session> {
  const token = ctx.newToken();
  const now = ctx.clock();
  const expiresAt = now + ctx.config.sessionHours * hour;
  await insert(tx, "session", {
    tokenHash: sha256Hex(token),
    personId: person.id,
    createdAt: now,
    expiresAt,
  });
  return { token, expiresAt };
}

async function refuseThrottled(ctx: Context, tx: Read, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const throttle = await find(tx, "signInThrottle", { key });
    const wait = (throttle?.blockedUntil ?? 0) - ctx.clock();
    if (wait > 0)
      throw new Refusal(
        "too_many",
        `Too many failed sign-ins. Try again in ${Math.ceil(wait / second)} seconds, or ask an administrator.`,
      );
  }
}

async function countFailure(ctx: Context, tx: Write, key: string): Promise<void> {
  const now = ctx.clock();
  const before = await find(tx, "signInThrottle", { key });
  const forgotten = !before || now - before.lastAt > triesKept;
  const failures = forgotten ? 1 : before.failures + 1;
  const wait = failures < freeTries ? 0 : Math.min(second * 2 ** (failures - freeTries + 1), longestWait);
  await upsert(tx, "signInThrottle", "key", { key, failures, lastAt: now, blockedUntil: now + wait });
}

/** The try that was counted was none: others who share the address are not slowed by it. */
async function takeBack(ctx: Context, tx: Write, key: string): Promise<void> {
  const counted = await find(tx, "signInThrottle", { key });
  if (!counted) return;
  if (counted.failures <= 1) await remove(tx, "signInThrottle", { key });
  else
    await update(
      tx,
      "signInThrottle",
      { key },
      { failures: counted.failures - 1, blockedUntil: ctx.clock() },
    );
}
