import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { StepFailed } from "./step.mjs";

/**
 * Starts a program that the demonstration needs beside the product. Resolves once it prints a line that begins with
 * `<name>: `, with the rest of that line; passes its other lines on. `stop` resolves when it has ended; `kill` waits for nothing.
 */
export function startCompanion(name, file, env) {
  const child = spawn(process.execPath, [file], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
    detached: process.platform !== "win32",
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const kill = () => child.kill("SIGKILL");
  const stop = () => {
    child.kill("SIGTERM");
    // Whoever waits for our own end also waits for the pipes it holds.
    const insist = setTimeout(kill, 4_000);
    return ended.finally(() => clearTimeout(insist));
  };
  const ready = new Promise((resolve, reject) => {
    child.once("error", reject);
    void ended.then((code) => reject(new StepFailed(`${file} ended with code ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith(`${name}: `)) resolve(line.slice(name.length + 2));
      else console.log(`${name} | ${line}`);
    });
  });
  return { ready, stop, kill };
}
