import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import { Agent, request } from "undici";
import { expect, test } from "vitest";
import { parseCidr } from "#lib/core/address/parseCidr.ts";
import { guardedConnect } from "./guardedConnect.ts";
import { openConnection } from "./openConnection.ts";

const loopback = parseCidr("127.0.0.0/8")!;
const rules = {
  resolver: { resolve: async () => ({ A: ["127.0.0.1"], AAAA: [] }) },
  secureContext: createSecureContext(),
  connectTimeout: 1_000,
  allowedCidrs: [loopback],
};

async function listening() {
  const server = createServer((socket) => socket.on("error", () => {}));
  let connections = 0;
  server.on("connection", () => (connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port, count: () => connections };
}

test.each(["127.0.0.1", "[::1]", "0x7f.1", "2130706433", "localhost"])(
  "%s never reaches a socket, even when asked of undici directly",
  async (host) => {
    const { server, port, count } = await listening();
    const agent = new Agent({ connect: guardedConnect(rules, () => undefined), allowH2: false });
    await expect(request(`https://${host}:${port}/`, { dispatcher: agent })).rejects.toMatchObject({
      outcome: "refused_url",
    });
    await expect(request(`http://app.example.com:${port}/`, { dispatcher: agent })).rejects.toMatchObject({
      outcome: "refused_url",
    });
    expect(count()).toBe(0);
    await agent.destroy();
    server.close();
  },
);

test("the address connected to is judged again before a byte is sent", async () => {
  const { server, port } = await listening();
  let looks = 0;
  const changing = {
    ...rules,
    get allowedCidrs() {
      looks += 1;
      return looks === 1 ? [loopback] : [];
    },
  };
  const opening = openConnection("app.example.com", port, changing, new AbortController().signal);
  await expect(opening).rejects.toMatchObject({ outcome: "refused_address" });
  expect(looks).toBe(2);
  server.close();
});
