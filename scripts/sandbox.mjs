import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const marker = "sandbox: ";

/**
 * Starts the demonstration's small internet and resolves when it says, in one line of JSON, how to reach it.
 * Its other lines are passed on with its name in front.
 */
export function startSandbox(env) {
  const child = spawn(process.execPath, ["e2e/sandbox/main.ts"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const stop = () => {
    child.kill("SIGTERM");
    return exited;
  };
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    void exited.then((code) => reject(new Error(`the sandbox ended with code ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith(marker)) resolve({ env: JSON.parse(line.slice(marker.length)).env, stop });
      else console.log(`sandbox | ${line}`);
    });
  });
}
