import { z } from "zod";
import type { PersonActor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { passwordInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, remove, update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { accountKey, countTry, startSession, type Session } from "./signIn.ts";

const changeInput = z.object({ current: z.string().max(256), next: passwordInput });

/**
 * Gives a person another password, whoever has a session of theirs notwithstanding: the present one must be known, and
 * guessing at it slows down as it does at sign-in. Every session ends; the one returned is the only one left.
 */
export async function changePassword(
  ctx: Context,
  actor: PersonActor,
  input: z.input<typeof changeInput>,
): Promise<Session> {
  const { current, next } = parseInput(changeInput, input);
  const key = accountKey(actor.email);
  await countTry(ctx, [key]);
  const before = await find(ctx.db, "person", { id: actor.id });
  if (!before?.active || !(await verifyPassword(current, before.passwordHash)))
    throw new Refusal("not_allowed", "This is not your present password.", { current: "Not your password." });
  const passwordHash = await hashPassword(next);
  return ctx.db.transaction(async (tx) => {
    const person = await find(tx, "person", { id: actor.id });
    if (!person?.active || person.passwordHash !== before.passwordHash)
      throw new Refusal("stale", "Your account changed meanwhile. Sign in again.");
    await update(tx, "person", { id: person.id }, { passwordHash, revision: person.revision + 1 });
    await remove(tx, "session", { personId: person.id });
    await remove(tx, "signInThrottle", { key });
    await note(ctx, tx, actor, {
      action: "person.password_changed",
      subject: { kind: "person", id: person.id, name: person.name },
    });
    return startSession(ctx, tx, person);
  });
}
