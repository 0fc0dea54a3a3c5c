import { readFileSync } from "node:fs";
import { lockFaults } from "./lockFaults.ts";

const files = [
  "package-lock.json",
  "tools/node/package-lock.json",
  "examples/better-auth/package-lock.json",
  "examples/cloudflare-workers/package-lock.json",
];
const faults = files.flatMap((file) =>
  lockFaults(readFileSync(file, "utf8")).map((fault) => `${file}: ${fault}`),
);
if (faults.length > 0) {
  console.log(faults.join("\n"));
  process.exitCode = 1;
}
