import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:tls";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { makeAuthority } from "./makeAuthority.ts";

test("issues certificates that OpenSSL verifies for the names given and no others", async () => {
  const authority = makeAuthority();
  const issued = authority.issue(["one.example.com", "*.two.example.com", "127.0.0.1"]);
  const leaf = new X509Certificate(issued.cert);
  expect(leaf.verify(new X509Certificate(authority.caPem).publicKey)).toBe(true);
  expect(leaf.checkHost("one.example.com")).toBe("one.example.com");
  expect(leaf.checkHost("a.two.example.com")).toBe("*.two.example.com");
  expect(leaf.checkHost("three.example.com")).toBeUndefined();
  expect(leaf.checkIP("127.0.0.1")).toBe("127.0.0.1");

  const server = createServer(issued, (socket) => socket.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", servername: "one.example.com", ca: authority.caPem });
  await once(socket, "secureConnect");
  expect(socket.authorized).toBe(true);
  socket.destroy();
  server.close();
});

test("issues a certificate with the life asked for", () => {
  const { cert } = makeAuthority().issue(["old.example.com"], { notAfter: new Date("2024-06-01T00:00:00Z") });
  expect(new X509Certificate(cert).validToDate.toISOString()).toBe("2024-06-01T00:00:00.000Z");
});
