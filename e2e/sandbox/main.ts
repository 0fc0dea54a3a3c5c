import { parseArgs } from "node:util";
import { startSandbox } from "./startSandbox.ts";

const { values } = parseArgs({
  options: { "https-port": { type: "string" }, "control-port": { type: "string" } },
});
const sandbox = await startSandbox({
  httpsPort: Number(values["https-port"] ?? 0),
  controlPort: Number(values["control-port"] ?? 0),
});
console.log(`sandbox: ${JSON.stringify({ env: sandbox.env })}`);

for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => void sandbox.stop().finally(() => process.exit(0)));
