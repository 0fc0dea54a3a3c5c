import { execFile, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * A PostgreSQL for tests: `$TEST_PG_URL` when it is set, else a throw-away server of our own from `$PG_BIN`, the PATH, the
 * distribution's folder, or (as root on Debian) the distribution's package. Resolves with undefined when there is none.
 * `stop` ends the server and removes its files.
 *
 * @param {(line: string) => void} [say]
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | undefined>}
 */
export async function start(say = console.error) {
  if (process.env.TEST_PG_URL) return { url: process.env.TEST_PG_URL, stop: async () => {} };
  const bin = findBinaries() ?? (await installPackage(say));
  if (!bin) return undefined;

  const folder = mkdtempSync(join(tmpdir(), "rollcall-pg-"));
  const user = await unprivilegedUser();
  if (user) chownSync(folder, user.uid, user.gid);
  // initdb and postgres refuse to run as root. cwd: theirs must be readable to them.
  const options = { cwd: folder, ...user, env: { ...process.env, HOME: folder, LC_ALL: "C", TZ: "UTC" } };
  const data = join(folder, "data");
  await run(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    options,
  );

  const port = await freePort();
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
  ];
  const server = spawn(join(bin, "postgres"), ["-D", data, ...settings.flatMap((it) => ["-c", it])], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = new Promise((resolve) => server.once("exit", resolve));
  // Should the tests be cut short, the server must not outlive them.
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  await readyOrThrow(server);

  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.off("exit", kill);
      server.kill("SIGINT"); // "fast shutdown": ends open sessions
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries() {
  const versions = (root) =>
    existsSync(root)
      ? readdirSync(root)
          .sort((a, b) => Number(b) - Number(a))
          .map((version) => join(root, version, "bin"))
      : [];
  const places = [
    process.env.PG_BIN,
    ...(process.env.PATH ?? "").split(delimiter),
    ...versions("/usr/lib/postgresql"),
  ];
  return places.find((it) => it && existsSync(join(it, "initdb")) && existsSync(join(it, "postgres")));
}

async function installPackage(say) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  say("Installing PostgreSQL for the tests (apt-get install postgresql) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update", "-q"], { env, timeout: 180_000 });
    await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "postgresql"], {
      env,
      timeout: 300_000,
    });
  } catch (error) {
    say(`  that did not work: ${String(error).split("\n")[0]}`);
  }
  return findBinaries();
}

/** The account to become when we are root. */
async function unprivilegedUser() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all(
        ["-u", "-g"].map(async (flag) => Number((await run("id", [flag, name])).stdout)),
      );
      return { uid, gid };
    } catch {
      // No such account on this machine: the next one.
    }
  }
  throw new Error(
    "PostgreSQL does not run as root, and there is neither a postgres nor a nobody account to run it as",
  );
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function readyOrThrow(server) {
  return new Promise((resolve, reject) => {
    let log = "";
    server.stderr.setEncoding("utf8").on("data", (text) => {
      log = (log + text).slice(-10_000);
      if (text.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended with code ${code}:\n${log}`)));
  });
}
