import type { Command } from "commander";
import type { Actor, SystemActor } from "#lib/core/Actor.ts";
import { toWire } from "#lib/core/naming.ts";
import type { Context } from "#lib/context.ts";
import { printJson } from "./output.ts";
import { readPassword } from "./readPassphrase.ts";
import { withContext } from "./withContext.ts";

/** Opens the installation for one piece of work. */
export type Open = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;

type Options = Readonly<Record<string, string | undefined>>;

/** Whoever has a shell on the machine. */
const operator: SystemActor = { kind: "system", name: "rollcall command" };

/** Makes the command print what `work` finds, as JSON in the words of the API. */
export function reads(
  command: Command,
  open: Open,
  work: (ctx: Context, args: readonly string[], options: Options) => Promise<unknown>,
): void {
  command.option("--json", "print JSON (it always does)").action(async (...given: unknown[]) => {
    const [args, options] = apart(given);
    await printJson(toWire(await open((ctx) => work(ctx, args, options))));
  });
}

/**
 * Makes the command do something and print what came of it: by whoever has the shell or, with `--as`, by a person who
 * gives their password. The flow says which of the two may.
 */
export function acts(
  command: Command,
  open: Open,
  work: (ctx: Context, actor: Actor, args: readonly string[], options: Options) => Promise<unknown>,
): void {
  command
    .option("--as <email>", "act as this person, who gives their password")
    .option("--password-file <file>", "read the password from there")
    .option("--json", "print JSON (it always does)")
    .action(async (...given: unknown[]) => {
      const [args, options] = apart(given);
      const done = await open((ctx) => as(ctx, options, (actor) => work(ctx, actor, args, options)));
      await printJson(toWire(done ?? { done: true }));
    });
}

/** The session lasts for this one act. */
async function as<T>(ctx: Context, options: Options, work: (actor: Actor) => Promise<T>): Promise<T> {
  const { as: email, passwordFile } = options;
  if (email === undefined) return work(operator);
  const { signIn, signOut } = await import("#lib/flows/people/signIn.ts");
  const { sessionActor } = await import("#lib/views/people/sessionActor.ts");
  const password = await readPassword(passwordFile, email);
  const { token } = await signIn(ctx, { email, password, address: "rollcall command" });
  try {
    const person = await sessionActor(ctx.db, ctx.clock(), token);
    if (!person) throw new Error("A session that was just started is not there.");
    return await work(person);
  } finally {
    await signOut(ctx, { token });
  }
}

/** What commander hands an action: the arguments, then the options, then the command. */
function apart(given: readonly unknown[]): [readonly string[], Options] {
  return [given.slice(0, -2) as string[], given.at(-2) as Options];
}

export const openInstallation: Open = (work) => withContext(work);
