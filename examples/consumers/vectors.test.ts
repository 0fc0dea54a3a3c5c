import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, test, type expect } from "vitest";
import { clientId, entries } from "#lib/consumer/testing/harness.ts";
import { TestPublisher, testKey } from "#lib/consumer/testing/publisher.ts";
import type { VectorIndex } from "../../tools/vectors/Vector.ts";
import { makeMutants } from "../../tools/vectors/makeMutants.ts";
import { verdictsOf } from "../../tools/vectors/verdictsOf.ts";

const run = promisify(execFile);
const here = import.meta.dirname;
const file = join(here, "../../docs/vectors/vectors.json");
/** What has to be compiled, once. */
const built = mkdtempSync(join(tmpdir(), "rollcall-consumers-"));
const { heads, lookups } = JSON.parse(readFileSync(file, "utf8")) as VectorIndex;

/** What every consumer must say; none of these knows namespaces, or asks for the live document. */
const expected = [
  ...heads.map((each) => `heads\t${each.name}\t${each.expect_without_namespaces ?? each.expect}`),
  ...lookups.map(
    (each) =>
      `lookups\t${each.name}\t${each.expect_without_namespaces ?? each.expect_without_document ?? each.expect}`,
  ),
];

interface Consumer {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Consumers that can run on this machine; a sentence for one that cannot. */
const consumers: Record<string, () => Promise<Consumer | string>> = {
  Node: async () => ({ program: process.execPath, args: [join(here, "node/main.mjs")] }),
  Python: findPython,
  Java: findJava,
  Go: findGo,
};

/** Good things with a change or two, what our own consumer says of them, and where they are. */
let mutants: { readonly folder: string; readonly verdicts: readonly string[] };
let publisher: TestPublisher;
beforeAll(async () => {
  const files = mkdtempSync(join(tmpdir(), "rollcall-mutants-"));
  mutants = { folder: files, verdicts: await verdictsOf(files, await makeMutants(files, 20, 40)) };
  const now = Math.floor(Date.now() / 1_000);
  publisher = new TestPublisher({ keys: [await testKey()], now });
  await publisher.listen();
  await publisher.publish({ entries: entries(300) });
});
afterAll(async () => {
  if (mutants) rmSync(mutants.folder, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
  await publisher?.close();
});

describe.for(Object.keys(consumers))(
  "the consumer in %s",
  { concurrent: true, timeout: 90_000 },
  (language) => {
    const found = consumers[language]?.() ?? Promise.resolve("it is not written.");

    test.for(["the vectors", "our own of what is a little wrong", "a publisher"])(
      "agrees with %s",
      async (what, { skip, expect: expectHere }) => {
        const consumer = await found;
        if (typeof consumer === "string") {
          console.log(`The consumer in ${language} was not tried with ${what}: ${consumer}`);
          return skip(consumer);
        }
        if (what === "the vectors") expectHere(await answer(consumer, "vectors", file)).toEqual(expected);
        else if (what !== "a publisher")
          expectHere(await answer(consumer, "vectors", join(mutants.folder, "vectors.json"))).toEqual(
            mutants.verdicts,
          );
        else await asks(consumer, expectHere);
      },
    );
  },
);

/** One process per language for all vectors. */
async function answer({ program, args, cwd, env }: Consumer, ...question: string[]): Promise<string[]> {
  const how = { cwd, env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", ...env }, maxBuffer: 2 ** 22 };
  const { stdout } = await run(program, [...args, ...question], how);
  return stdout.trim().split(/\r?\n/);
}

/** Over the network, with a memory on the disk. */
async function asks(consumer: Consumer, expectHere: typeof expect): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-memory-"));
  try {
    const memory = join(folder, "memory.json");
    const question = [clientId(7), "https://app.example/cb"];
    expectHere(await answer(consumer, "ask", publisher.headUrl, memory, ...question)).toEqual(["allow"]);
    const { claims, digest } = publisher.current ?? {};
    const { epoch, seq, rev, root } = claims ?? {};
    expectHere(JSON.parse(readFileSync(memory, "utf8"))).toEqual({ epoch, seq, rev, root, digest });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function works(env: Consumer["env"], program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { env: { ...process.env, ...env }, stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

async function findJava(): Promise<Consumer | string> {
  const { stdout } = await run("javac", ["-version"]).catch(() => ({ stdout: "" }));
  const major = Number(/javac (\d+)/.exec(stdout)?.[1] ?? 0);
  if (major < 17) return "there is no JDK 17 on this machine.";
  await run("javac", [
    "-J-XX:TieredStopAtLevel=1",
    "-d",
    join(built, "java"),
    join(here, "java/Allowlist.java"),
  ]);
  // Without its optimising compiler: a process that lives for a second does not get that time back.
  return { program: "java", args: ["-XX:TieredStopAtLevel=1", "-cp", join(built, "java"), "Allowlist"] };
}

async function findGo(): Promise<Consumer | string> {
  const { stdout } = await run("go", ["env", "GOVERSION"]).catch(() => ({ stdout: "" }));
  const minor = Number(/^go1\.(\d+)/.exec(stdout)?.[1] ?? 0);
  if (minor < 19) return "there is no go 1.19 on this machine.";
  const program = join(built, "go");
  await run("go", ["build", "-o", program, "."], { cwd: join(here, "go"), timeout: 60_000 });
  return { program, args: [] };
}

/** With the machine's own PyJWT, or with one in a folder that is kept for the next time. */
async function findPython(): Promise<Consumer | string> {
  const consumer = { program: "python3", args: [join(here, "python/main.py")] };
  const needed = ["-c", "import jwt, cryptography"];
  const kept = join(here, "../../node_modules/.cache/rollcall-python");
  if (works({}, "python3", ...needed)) return consumer;
  const env = { PYTHONPATH: kept };
  if (works(env, "python3", ...needed) || (await installPyJwt(kept))) return { ...consumer, env };
  return "there is no python3 with PyJWT, and it could not be installed.";
}

async function installPyJwt(folder: string): Promise<boolean> {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  const wheels = ["--quiet", "--no-compile", "--only-binary", ":all:", "--target", draft];
  const once = ["--retries", "0", "--timeout", "5", "--disable-pip-version-check"];
  const list = ["-r", join(here, "python/requirements.txt")];
  try {
    await run("python3", ["-m", "pip", "install", ...wheels, ...once, ...list], { timeout: 60_000 });
    if (!existsSync(folder)) renameSync(draft, folder);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
