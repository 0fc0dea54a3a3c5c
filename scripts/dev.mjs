import { environment } from "./localNode.mjs";
import { supervise } from "./supervise.mjs";

/** The screens with hot reload, and the worker started again at every change. The machines' paths are not served here. */
export async function dev([port = process.env.PORT || "3000"]) {
  const env = environment({ PORT: port });
  const node = (name, ...args) => ({ name, command: process.execPath, args, env });
  const services = supervise([
    node("screens", "node_modules/next/dist/bin/next", "dev", "--port", port),
    node("worker", "--watch", "--watch-preserve-output", "lib/worker/main.ts"),
  ]);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void services.stop());
  return services.finished;
}
