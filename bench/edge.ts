import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { median } from "./median.ts";

/*
 * What the machines' door costs: requests per second of CPU for a head that did not change (304), against a bare
 * node:http server that answers 304 and nothing else. Target: edge_over_node ≥ 0.8.
 */
const connections = 32;
const requests = Number(process.env["BENCH_REQUESTS"] ?? 40_000);
const rounds = 5;
const turns = 5;

interface Side {
  readonly child: ChildProcess;
  readonly port: number;
  readonly cpu: number[];
}

const sides: Record<"bare" | "edge", Side> = { bare: await start("bare"), edge: await start("edge") };
for (const side of Object.values(sides)) await load(side, requests / 2);
for (let round = 0; round < rounds; round += 1) {
  const sums = { bare: 0, edge: 0 };
  for (let turn = 0; turn < turns; turn += 1)
    for (const name of ["bare", "edge"] as const) sums[name] += await load(sides[name], requests / turns);
  for (const name of ["bare", "edge"] as const) sides[name].cpu.push(sums[name] / turns);
}
for (const [name, { cpu }] of Object.entries(sides))
  console.log(
    `${name}: ${median(cpu).toFixed(1)} µs CPU per 304 (${cpu.map((each) => each.toFixed(1)).join(", ")})`,
  );
const ratio = median(sides.edge.cpu.map((cpu, round) => (sides.bare.cpu[round] ?? 0) / cpu));
console.log(`figures: ${JSON.stringify({ edge_over_node: Number(ratio.toFixed(3)) })}`);
for (const { child } of Object.values(sides)) child.disconnect();

async function start(name: string): Promise<Side> {
  const child = fork(fileURLToPath(new URL("./edgeServer.ts", import.meta.url)), [name]);
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return { child, port, cpu: [] };
}

/** CPU of the server per request, in microseconds, over `total` requests on keep-alive connections. */
async function load(side: Side, total: number): Promise<number> {
  const before = await cpuOf(side);
  await Promise.all(
    Array.from({ length: connections }, () => ask(side.port, Math.floor(total / connections))),
  );
  const after = await cpuOf(side);
  return (after - before) / total;
}

async function cpuOf({ child }: Side): Promise<number> {
  child.send("cpu");
  const [{ cpu }] = (await once(child, "message")) as [{ cpu: NodeJS.CpuUsage }];
  return cpu.user + cpu.system;
}

function ask(port: number, count: number): Promise<void> {
  const request = `GET /v1/lists/prod/head HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nif-none-match: "1"\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    let left = count;
    let text = "";
    socket.setEncoding("latin1");
    socket.on("error", reject);
    socket.on("data", (part: string) => {
      text += part;
      if (!text.endsWith("\r\n\r\n")) return;
      if (!text.startsWith("HTTP/1.1 304")) return reject(new Error(text.slice(0, 80)));
      text = "";
      left -= 1;
      if (left > 0) socket.write(request);
      else {
        socket.destroy();
        resolve();
      }
    });
  });
}
