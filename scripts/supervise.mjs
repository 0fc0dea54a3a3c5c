import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const patience = 5;

/** sysexits.h EX_CONFIG: the program has said what is wrong, and it will be as wrong the next time. */
const wrongConfiguration = 78;

/** Milliseconds. */
const usual = { shortLife: 10_000, firstPause: 500, longestPause: 30_000, stopAfter: 10_000 };

/**
 * Keeps services running until `stop` is called or one of them cannot be brought up at all.
 * A service that ends is started again after 0.5 s, 1 s, 2 s … 30 s; the pause is forgotten once it lived for ten seconds.
 * A service that never lived that long and ended five times ends everything: its configuration is wrong, and a loop would hide that.
 * One that did live is brought back for ever, and the others go on meanwhile.
 */
export function supervise(services, { say = console.error, ...times } = {}) {
  const { shortLife, firstPause, longestPause, stopAfter } = { ...usual, ...times };
  const width = Math.max(...services.map((service) => service.name.length));
  let stopping = false;
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const running = services.map((service) => keep(service));

  function keep(service) {
    const state = { child: undefined, timer: undefined, failures: 0, everLived: false };
    const launch = () => {
      const since = Date.now();
      // A group of its own: Ctrl-C reaches the launcher only, which then stops everyone in order.
      const child = spawn(service.command, service.args, {
        env: service.env,
        stdio: ["ignore", "pipe", "pipe"],
        detached: process.platform !== "win32",
      });
      state.child = child;
      prefixLines(child.stdout, process.stdout, service.name.padEnd(width));
      prefixLines(child.stderr, process.stderr, service.name.padEnd(width));
      let ended = false;
      const onEnd = (how, code) => {
        if (ended) return;
        ended = true;
        state.child = undefined;
        if (stopping) return settle();
        if (code === wrongConfiguration) return void stop(code);
        if (Date.now() - since >= shortLife) {
          state.everLived = true;
          state.failures = 0;
        }
        state.failures += 1;
        if (!state.everLived && state.failures >= patience) {
          say(
            `${service.name} ${how}, for the ${patience}th time in a row right after its start: giving up. Its own lines above say why.`,
          );
          return void stop(1);
        }
        const pause = Math.min(firstPause * 2 ** (state.failures - 1), longestPause);
        say(`${service.name} ${how}; starting it again in ${pause / 1000} s`);
        state.timer = setTimeout(launch, pause);
      };
      child.once("error", (error) => onEnd(`could not be started (${error.message})`));
      child.once("exit", (code, signal) =>
        onEnd(signal ? `was ended by ${signal}` : `ended with code ${code}`, code),
      );
    };
    launch();
    return state;
  }

  let exitCode = 0;
  function settle() {
    if (running.every((state) => !state.child)) finish(exitCode);
  }

  /** Asks every service to end, insists after ten seconds, resolves when none is left. */
  function stop(code = 0) {
    if (!stopping) {
      stopping = true;
      exitCode = code;
      for (const state of running) {
        clearTimeout(state.timer);
        state.child?.kill("SIGTERM");
      }
      setTimeout(kill, stopAfter).unref();
      settle();
    }
    return finished;
  }

  /** Ends every service at once, without asking. */
  function kill() {
    for (const state of running) if (state.child) killGroup(state.child);
  }

  return { stop, kill, finished };
}

function killGroup(child) {
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

function prefixLines(from, to, name) {
  createInterface({ input: from }).on("line", (line) => to.write(`${name} | ${line}\n`));
}
