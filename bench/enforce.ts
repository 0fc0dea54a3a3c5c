import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { start } from "../tools/testPostgres.mjs";

/*
 * What "enforced" costs, each part in a process of its own: a suspension on its way to a thousand waiting servers and to a
 * real oidc-provider, ten thousand waiters, the door beside a bare node:http, one change published among a million
 * clients on both databases, and a decision about a list of a million.
 */
const server = await start();
const env = server ? { ...process.env, TEST_PG_URL: server.url } : process.env;

const delivered = await figuresOf("deliver");
const edge = await figuresOf("edge");
const published = await run("publish");
const decided = await figuresOf("decide");
await server?.stop();

const publish = (dialect: string) =>
  published
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find((each) => each["publish"] === dialect);
const figures = {
  deliver_1000_p50_ms: delivered["deliver_1000_p50_ms"],
  deliver_1000_p99_ms: delivered["deliver_1000_p99_ms"],
  seconds_to_refusal: delivered["seconds_to_refusal"],
  kb_per_waiter: delivered["kb_per_waiter"],
  publish_1m_p50_ms_sqlite: rounded(publish("sqlite")?.["p50"]),
  publish_1m_p50_ms_postgres: rounded(publish("postgres")?.["p50"]),
  decide_1m_us: decided["decide_1m_us"],
  edge_over_node: edge["edge_over_node"],
};
console.log(`figures: ${JSON.stringify(figures)}`);

function rounded(value: unknown): number | null {
  return typeof value === "number" ? Number(value.toFixed(2)) : null;
}

/** What a bench says in its last line. */
async function figuresOf(name: string): Promise<Record<string, number>> {
  const line = (await run(name)).at(-1) ?? "";
  return JSON.parse(line) as Record<string, number>;
}

/** Runs a bench, passes on what it prints, and gives every line of JSON. */
function run(name: string): Promise<string[]> {
  console.log(`\n${name}`);
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ["--max-old-space-size=8192", file], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    process.stdout.write(part);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(
            text
              .split("\n")
              .map((line) => line.replace(/^figures: /, ""))
              .filter((line) => line.startsWith("{")),
          )
        : reject(new Error(`bench/${name}.ts ended with ${code}.`)),
    );
  });
}
