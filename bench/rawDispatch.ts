import { Agent, type Dispatcher } from "undici";

/** Undici's bare dispatch over the transport the guard uses: what everything else is compared with. */
export function rawDispatch(caPem: string) {
  const agent = new Agent({
    connections: 1,
    pipelining: 1,
    allowH2: false,
    connect: {
      ca: caPem,
      lookup: (_host, options, callback) =>
        options.all ? callback(null, [{ address: "127.0.0.1", family: 4 }]) : callback(null, "127.0.0.1", 4),
    },
  });
  const get = (origin: string, path: string, headers: string[]) =>
    new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
      const chunks: Buffer[] = [];
      let status = 0;
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart() {},
        onResponseStart(_controller, code) {
          status = code;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          resolve({ status, body: Buffer.concat(chunks) });
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      };
      agent.dispatch({ origin, path, method: "GET", headers }, handler);
    });
  return { get, close: () => agent.destroy() };
}
