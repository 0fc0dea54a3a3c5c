import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { InvalidArgumentError, type Command } from "commander";
import type { SystemActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { keySetMaxBytes, parseKeySetClaims } from "#lib/core/rootKeySet/parseKeySetClaims.ts";
import { NoAnswer } from "./NoAnswer.ts";
import { print, printJson } from "./output.ts";
import { readPassphrase } from "./readPassphrase.ts";
import { configuration, withContext } from "./withContext.ts";

const operator: SystemActor = { kind: "system", name: "rollcall command" };

interface ProposeOptions {
  readonly revoke: string[];
  readonly reason?: string;
  readonly newEpoch?: true;
  readonly addRoot: string[];
  readonly removeRoot: string[];
  readonly expires: number;
}

/**
 * Adds `rollcall root`: `init` and `sign-keyset` where the root key is kept, without database or configuration; `propose`
 * and `publish` at the server.
 */
export function registerRoot(program: Command): void {
  const root = program
    .command("root")
    .description("the offline key that vouches for the keys that sign the allowlists");
  root
    .command("init")
    .description("make a root key in an encrypted file; touches no database")
    .requiredOption("--out <file>", "where the encrypted key goes; <file>.pub.json gets the public half")
    .option("--passphrase-file <file>", "read the passphrase from there")
    .action(init);
  root
    .command("propose")
    .description("at the server: print the claims of the next key set, for a root to sign")
    .option("--revoke <kid>", "revoke this signing key (repeatable); needs --reason", collect, [])
    .option("--reason <words>", "why; stands in the published key set")
    .option("--new-epoch", "end the epoch: whatever was signed before counts no more")
    .option(
      "--add-root <jwk>",
      "add a root: its public key as JSON, or a file with it (repeatable)",
      collect,
      [],
    )
    .option("--remove-root <thumbprint>", "remove a root (repeatable)", collect, [])
    .option("--expires <days>", "how long it counts, 1d to 730d", days, 180)
    .action(propose);
  root
    .command("sign-keyset")
    .description("where the root key is: sign a proposal; touches no database")
    .requiredOption("--root <file>", "the encrypted root key")
    .requiredOption("--from <file>", "the proposal that `rollcall root propose` printed")
    .requiredOption("--out <file>", "where the signed key set goes")
    .option("--passphrase-file <file>", "read the passphrase from there")
    .action(sign);
  root
    .command("publish")
    .description("at the server: verify a signed key set, publish it, and do what it says")
    .argument("<file>", "the signed key set")
    .action(publish);
}

async function init({ out, passphraseFile }: { out: string; passphraseFile?: string }): Promise<void> {
  const publicFile = `${out}.pub.json`;
  for (const file of [out, publicFile]) refuseExisting(file);
  const passphrase = await readPassphrase(passphraseFile, true);
  const { openRootTools } = await import("#lib/context.ts");
  const { publicJwk, sealed } = await openRootTools().create(passphrase).catch(inWords);
  writeNew(out, `${sealed}\n`, 0o600);
  writeNew(publicFile, `${JSON.stringify(publicJwk, null, 2)}\n`, 0o644);
  await printJson({ thumbprint: publicJwk.kid, file: out, public_key_file: publicFile });
  say(
    `Keep ${out} and its passphrase apart, each twice, off the server. Then, at the server: rollcall root propose --add-root ${publicFile} > proposal.json`,
  );
}

async function propose(asked: ProposeOptions): Promise<void> {
  if (asked.revoke.length > 0 && !asked.reason?.trim())
    throw new NoAnswer("Say why with --reason: it stands in the published key set.");
  const { keySetProposal } = await import("#lib/views/signing/keySetProposal.ts");
  const composed = await withContext((ctx) =>
    keySetProposal(ctx.db, ctx.clock(), {
      iss: configuration().baseUrl,
      lifetime: asked.expires * day,
      revoke: asked.revoke.map((kid) => ({ kid, reason: asked.reason?.trim() ?? "" })),
      newEpoch: asked.newEpoch,
      addRoots: asked.addRoot.map(readJwk),
      removeRoots: asked.removeRoot,
    }),
  );
  if (!composed.ok) throw new NoAnswer(`There is nothing to propose. ${composed.faults.join(" ")}`);
  const { version, epoch } = composed.claims;
  await print(`${JSON.stringify(composed.claims, null, 2)}\n`);
  say(
    `This is key set ${version}, epoch ${epoch}. Read it, carry it to the root key and sign it there: rollcall root sign-keyset --root FILE --from proposal.json --out keyset-${version}.jws`,
  );
}

async function sign(asked: {
  root: string;
  from: string;
  out: string;
  passphraseFile?: string;
}): Promise<void> {
  const parsed = parseKeySetClaims(readJson(asked.from, "The proposal"));
  if (!parsed.ok) throw new NoAnswer(`The proposal cannot be signed. ${parsed.faults.join(" ")}`);
  const sealed = readText(asked.root, "The root key");
  const passphrase = await readPassphrase(asked.passphraseFile, false);
  const { openRootTools } = await import("#lib/context.ts");
  const tools = openRootTools();
  const root = await tools.open(sealed, passphrase).catch(inWords);
  const jws = await tools.sign(root, parsed.claims).catch(inWords);
  writeNew(asked.out, `${jws}\n`, 0o644);
  const { version, epoch, revoked, roots } = parsed.claims;
  await printJson({ version, epoch, signed_by: root.kid, file: asked.out });
  if (version === 1 && roots.every(({ kid }) => kid !== root.kid))
    say("This root is not among the roots of the proposal: the server will refuse it.");
  say(
    `Key set ${version} is signed, epoch ${epoch}, ${revoked.length} ${revoked.length === 1 ? "key" : "keys"} revoked. Carry it back: rollcall root publish ${asked.out}`,
  );
}

async function publish(file: string): Promise<void> {
  const jws = readText(file, "The key set");
  const { publishKeySet } = await import("#lib/flows/signing/publishKeySet.ts");
  const done = await withContext((ctx) => publishKeySet(ctx, operator, { jws }));
  await printJson({
    version: done.version,
    epoch: done.epoch,
    signed_by: done.signedBy,
    revoked: done.revoked,
  });
  say(done.sentence);
}

/** A public key as it is typed, or a file with it. */
function readJwk(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return readJson(text, "The root's public key");
  try {
    return JSON.parse(text);
  } catch {
    throw new NoAnswer("The root's public key is not JSON.");
  }
}

function readJson(file: string, what: string): unknown {
  const text = readText(file, what);
  try {
    return JSON.parse(text);
  } catch {
    throw new NoAnswer(`${what} in ${file} is not JSON.`);
  }
}

function readText(file: string, what: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new NoAnswer(`${what} cannot be read: ${(error as Error).message}.`);
  }
  if (text.length > keySetMaxBytes) throw new NoAnswer(`${what} in ${file} is larger than 64 KiB.`);
  return text;
}

/** Never over a file that is there: it could be the only root key. */
function writeNew(file: string, text: string, mode: number): void {
  try {
    writeFileSync(file, text, { flag: "wx", mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") refuseExisting(file);
    throw new NoAnswer(`${file} cannot be written: ${(error as Error).message}.`);
  }
}

function refuseExisting(file: string): void {
  if (existsSync(file)) throw new NoAnswer(`${file} exists. Nothing is written over: choose another name.`);
}

function inWords(error: unknown): never {
  throw new NoAnswer((error as Error).message);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function collect(value: string, all: string[]): string[] {
  return [...all, value];
}

function days(text: string): number {
  const count = Number(/^(\d{1,3})d?$/.exec(text)?.[1]);
  if (!(count >= 1 && count <= 730)) throw new InvalidArgumentError("It must be 1d to 730d.");
  return count;
}
