import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { makeAuthority } from "#lib/net/testing/makeAuthority.ts";
import { syslog } from "./syslog.ts";
import { syslogMessage } from "./syslogMessage.ts";
import { openHands } from "./testing/openHands.ts";
import { hostileName, sampleMessage } from "./testing/sampleMessage.ts";

const open: Server[] = [];
afterEach(() => open.splice(0).forEach((server) => server.close()));

/** Resolves with all bytes of the first connection. */
async function collect(server: Server): Promise<{ port: number; bytes: Promise<Buffer> }> {
  open.push(server);
  const bytes = new Promise<Buffer>((resolve) => {
    const take = (socket: Socket) => {
      const chunks: Buffer[] = [];
      socket.on("data", (chunk: Buffer) => chunks.push(chunk));
      socket.on("end", () => resolve(Buffer.concat(chunks)));
    };
    server.on(
      server instanceof Object && "setSecureContext" in server ? "secureConnection" : "connection",
      take,
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, bytes };
}

const settings = (port: number, transport: string) => ({ host: "127.0.0.1", port, transport });

function unframed(bytes: Buffer): string {
  const space = bytes.indexOf(" ");
  const rest = bytes.subarray(space + 1);
  expect(rest.length).toBe(Number(bytes.subarray(0, space)));
  return rest.toString();
}

test("over TCP it is framed by counting octets", async () => {
  const { port, bytes } = await collect(createServer());
  const sent = await syslog.send(sampleMessage("Täuscher"), settings(port, "tcp"), openHands());
  expect(sent).toMatchObject({ outcome: "delivered" });
  expect(unframed(await bytes)).toMatch(
    /^<107>1 2026-11-21T09:00:00\.000Z rollcall\.example rollcall - finding\.opened \[/,
  );
});

test("over TLS the collector's certificate is verified", async () => {
  const authority = makeAuthority();
  const collector = () => createTlsServer(authority.issue(["127.0.0.1"]));
  const { port, bytes } = await collect(collector());
  const sent = await syslog.send(sampleMessage(), settings(port, "tls"), openHands({ ca: authority.caPem }));
  expect(sent).toMatchObject({ outcome: "delivered" });
  expect(unframed(await bytes)).toContain("F-12");
  const other = await collect(collector());
  expect(await syslog.send(sampleMessage(), settings(other.port, "tls"), openHands())).toMatchObject({
    outcome: "failed",
  });
});

test("over UDP one datagram is one message", async () => {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const arriving = once(socket, "message");
  const sent = await syslog.send(sampleMessage(), settings(socket.address().port, "udp"), openHands());
  expect(sent).toMatchObject({ outcome: "delivered" });
  expect(String((await arriving)[0])).toMatch(/^<107>1 /);
  socket.close();
});

test("nobody there is a failure, nobody listed a refusal", async () => {
  expect(await syslog.send(sampleMessage(), settings(9, "tcp"), openHands())).toMatchObject({
    outcome: "failed",
  });
  for (const transport of ["tcp", "tls", "udp"])
    expect(
      await syslog.send(sampleMessage(), settings(514, transport), openHands({ listed: [] })),
    ).toMatchObject({
      outcome: "refused",
    });
});

describe("a message", () => {
  const lineOf = (...args: Parameters<typeof sampleMessage>) =>
    syslogMessage(sampleMessage(...args), "rollcall.example").toString();
  const jsonOf = (line: string) =>
    JSON.parse(line.slice(line.indexOf("] ") + 2).replace("\ufeff", "")) as Record<string, unknown>;

  test.each([
    ["critical", 106],
    ["high", 107],
    ["medium", 108],
    ["low", 109],
    ["info", 110],
  ])("of severity %s has priority %i", (severity, priority) =>
    expect(lineOf("Tidewater", severity)).toMatch(new RegExp(`^<${priority}>1 `)),
  );

  test("is a Detection Finding of OCSF", () => {
    expect(jsonOf(lineOf())).toMatchObject({
      category_uid: 2,
      class_uid: 2004,
      activity_id: 1,
      type_uid: 200401,
      severity_id: 4,
      status_id: 1,
      time: Date.UTC(2026, 10, 21, 9),
      metadata: { product: { name: "Rollcall" }, version: "1.3.0", uid: "event-12" },
      finding_info: { uid: "F-12", title: expect.any(String), analytic: { uid: "drift.redirect-added" } },
    });
  });

  test("about a broken check is a Compliance Finding, about a client Entity Management", () => {
    const sample = sampleMessage();
    const { finding, ...plain } = sample.notice;
    const check = { ...sample.notice, finding: { ...finding!, rule: "document.client-name" } };
    const told = (notice: typeof sample.notice) =>
      jsonOf(syslogMessage({ ...sample, notice }, "h").toString());
    expect(told(check)).toMatchObject({
      class_uid: 2003,
      type_uid: 200301,
      compliance: { control: "document.client-name", status_id: 3 },
    });
    expect(told({ ...plain, topic: "client.suspended" })).toMatchObject({
      class_uid: 3004,
      entity: { uid: "https://tidewater.dev/oauth/client.json" },
    });
  });

  test("has a byte order mark exactly when it is not ASCII", () => {
    expect(lineOf("Tidewater")).not.toContain("\ufeff");
    expect(lineOf("Tïdewater")).toContain('] \ufeff{"');
  });

  test("is one line that no name can break out of", () => {
    const line = lineOf(hostileName);
    expect(line).not.toMatch(/[\r\n]/);
    expect(jsonOf(line)).toMatchObject({ class_uid: 2004 });
    const sample = sampleMessage();
    const client = { ...sample.notice.client!, clientId: 'https://x.dev/"]\\' };
    const escaped = syslogMessage({ ...sample, notice: { ...sample.notice, client } }, "h").toString();
    expect(escaped).toContain('clientId="https://x.dev/\\"\\]\\\\"');
  });
});
