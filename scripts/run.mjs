import { spawn } from "node:child_process";

/** Runs a program with our own stdin, stdout and stderr, hands signals on to it, and resolves with its exit code. */
export function passThrough(command, args, options = {}) {
  const child = spawn(command, args, { stdio: "inherit", ...options });
  const stopForwarding = forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      stopForwarding();
      resolve(code ?? exitCodeOf(signal));
    });
  });
}

/** Runs a program quietly; resolves with its exit code and everything it said, in the order it said it. */
export function capture(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const stopForwarding = forwardSignals(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => (output += text));
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 127, output: String(error) }));
    child.once("close", (code, signal) => {
      stopForwarding();
      resolve({ code: code ?? exitCodeOf(signal), output });
    });
  });
}

/** A shell's convention: 128 + the number of the signal that ended the program. */
function exitCodeOf(signal) {
  return 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0);
}

function forwardSignals(child) {
  const forward = (signal) => child.kill(signal);
  // A terminal sends Ctrl-C to the child as well; a second one would be taken for impatience.
  const interrupt = () => (process.stdin.isTTY ? undefined : child.kill("SIGINT"));
  process.on("SIGTERM", forward).on("SIGHUP", forward).on("SIGINT", interrupt);
  return () => process.off("SIGTERM", forward).off("SIGHUP", forward).off("SIGINT", interrupt);
}
