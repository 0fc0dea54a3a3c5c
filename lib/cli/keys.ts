import type { Command } from "commander";
import type { SystemActor } from "#lib/core/Actor.ts";
import { NoAnswer } from "./NoAnswer.ts";
import { print, printJson } from "./output.ts";
import { withContext } from "./withContext.ts";

/** Whoever has a shell on the machine and its key-encryption key. */
const operator: SystemActor = { kind: "system", name: "rollcall command" };

/** Adds `rollcall keys`: `list`, `rotate`, `adopt`, `revoke` and `exposure`. */
export function registerKeys(program: Command): void {
  const keys = program.command("keys").description("the keys that sign the allowlists");
  keys
    .command("list")
    .description("list them, newest first")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: true }) => {
      const { tokensAndKeys } = await import("#lib/views/signing/tokensAndKeys.ts");
      const found = (await withContext((ctx) => tokensAndKeys(ctx.db, ctx.clock()))).keys.map((key) => ({
        kid: key.kid,
        alg: key.alg,
        state: key.state,
        published_at: moment(key.publishedAt),
        activated_at: moment(key.activatedAt),
        retired_at: moment(key.retiredAt),
      }));
      if (json) return printJson(found);
      if (found.length === 0)
        process.stderr.write("No signing key was made yet: the worker makes the first.\n");
      for (const key of found)
        await print(`${key.state.padEnd(8)} ${key.kid} published ${key.published_at}\n`);
    });
  keys
    .command("rotate")
    .description("publish a next key; called again a day later, let it sign")
    .option("--force", "let the next key sign after 20 minutes already")
    .action(async ({ force }: { force?: true }) => {
      const { rotateSigningKey } = await import("#lib/flows/signing/turnSigningKeys.ts");
      const { sentence, ...turned } = await withContext((ctx) => rotateSigningKey(ctx, operator, { force }), {
        withKeys: true,
      });
      await printJson(turned);
      say(sentence);
    });
  keys
    .command("adopt")
    .description("publish a key that the signing service holds as the next one")
    .argument("<name>", "what the service calls it")
    .action(async (name: string) => {
      const { adoptExternalKey } = await import("#lib/flows/signing/adoptExternalKey.ts");
      const { sentence, ...adopted } = await withContext((ctx) => adoptExternalKey(ctx, operator, { name }), {
        withKeys: true,
      });
      await printJson(adopted);
      say(sentence);
    });
  keys
    .command("revoke")
    .description("take a key that others may know out of use at once; another one signs")
    .argument("<kid>", "its thumbprint")
    .requiredOption("--reason <words>", "why; stands in the next key set, for everybody to read")
    .action(async (kid: string, { reason }: { reason: string }) => {
      const { revokeSigningKey } = await import("#lib/flows/signing/revokeSigningKey.ts");
      const done = await withContext((ctx) => revokeSigningKey(ctx, operator, { kid, reason }));
      await printJson({ kid, state: "revoked", successor: done.successor, needs_root: done.needsRoot });
      say(`${done.sentence} See who still accepts it: rollcall keys exposure ${kid}`);
    });
  keys
    .command("exposure")
    .description("until when each server may accept what a key signs; as if revoked now when it is not")
    .argument("<kid>", "its thumbprint")
    .option("--json", "print JSON")
    .action(async (kid: string, { json }: { json?: true }) => {
      const { signingKeyExposure } = await import("#lib/views/signing/signingKeyExposure.ts");
      const found = await withContext((ctx) => signingKeyExposure(ctx.db, ctx.clock(), kid));
      if (!found) throw new NoAnswer(`There is no signing key ${kid}.`);
      const servers = found.servers.map(({ slug, server, state, until, sentence }) => ({
        list: slug,
        server,
        state,
        until: moment(until),
        sentence,
      }));
      const { exposureNote: note } = await import("#lib/core/keyExposure.ts");
      if (json)
        return printJson({ kid, state: found.state, revoked_at: moment(found.revokedAt), note, servers });
      if (found.revokedAt === null) say("This key is not revoked; this is what it would be like now.");
      say(servers.length === 0 ? "No server is connected." : note);
      for (const { list, server, state, until, sentence } of servers)
        await print(
          `${state.padEnd(8)} ${`${list}/${server}`.padEnd(24)} ${until ? `until ${until} at the latest` : "until something is done"}  ${sentence}\n`,
        );
    });
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
