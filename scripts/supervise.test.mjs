import { expect, it } from "vitest";
import { supervise } from "./supervise.mjs";

const service = (name, source) => ({
  name,
  command: process.execPath,
  args: ["-e", source],
  env: process.env,
});
const waits = "setInterval(() => {}, 1000)";

/** Resolves once a line that contains `words` was said. */
function listener() {
  const lines = [];
  const waiting = [];
  return {
    lines,
    say(line) {
      lines.push(line);
      for (const it of waiting) if (line.includes(it.words)) it.resolve();
    },
    heard: (words) => new Promise((resolve) => waiting.push({ words, resolve })),
  };
}

it("brings back a service that ended, and leaves the others alone", async () => {
  const { lines, say, heard } = listener();
  const again = heard("starting it again");
  const services = supervise([service("steady", waits), service("shaky", "process.exit(3)")], {
    say,
    firstPause: 1,
    shortLife: 0,
    longestPause: 1,
  });
  await again;
  await services.stop();
  expect(lines[0]).toBe("shaky ended with code 3; starting it again in 0.001 s");
  expect(lines.filter((line) => line.startsWith("steady"))).toEqual([]);
});

it("gives up on one that never comes up, and stops everyone", async () => {
  const { lines, say } = listener();
  const services = supervise([service("steady", waits), service("broken", "process.exit(1)")], {
    say,
    firstPause: 1,
  });
  expect(await services.finished).toBe(1);
  expect(lines.at(-1)).toMatch(/^broken ended with code 1, for the 5th time in a row .* giving up/);
});

it("does not try again what is configured wrongly", async () => {
  const { lines, say } = listener();
  const services = supervise([service("steady", waits), service("misled", "process.exit(78)")], { say });
  expect(await services.finished).toBe(78);
  expect(lines).toEqual([]);
});

it("says so when a program cannot be started at all", async () => {
  const { lines, say } = listener();
  const services = supervise([{ ...service("missing", ""), command: "/nowhere/node" }], {
    say,
    firstPause: 1,
  });
  expect(await services.finished).toBe(1);
  expect(lines[0]).toContain("missing could not be started");
});

it("insists when a service does not listen", async () => {
  const { say, heard } = listener();
  const deaf = `process.on("SIGTERM", () => {}); ${waits}`;
  const restarted = heard("probe ended");
  const services = supervise(
    [service("deaf", deaf), service("probe", "setTimeout(() => process.exit(0), 200)")],
    {
      say,
      stopAfter: 50,
    },
  );
  await restarted;
  expect(await services.stop()).toBe(0);
});
