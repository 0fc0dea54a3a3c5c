import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import { createNet } from "#lib/net/createNet.ts";
import type { Net } from "#lib/net/NetOptions.ts";
import type { CertificateFault, Fault } from "./SandboxDocument.ts";
import { startSandbox, type Sandbox } from "./startSandbox.ts";

const quill = "https://quillagent.dev/oauth/client.json";
let sandbox: Sandbox;
let net: Net;

/** The guard as production makes it, from what the sandbox puts into the environment and nothing else. */
function guard(): Net {
  const { env } = sandbox;
  return createNet({
    clock: () => performance.now(),
    now: () => Date.now(),
    userAgent: "Rollcall",
    dnsServers: [env.ROLLCALL_DNS_SERVERS],
    egressPort: Number(env.ROLLCALL_EGRESS_PORT),
    certificateAuthorities: [readFileSync(env.ROLLCALL_EXTRA_CA_FILE, "utf8")],
    allowedCidrs: [env.ROLLCALL_ALLOWED_CIDRS],
    limits: { deadline: 1000 },
  });
}

beforeAll(async () => {
  sandbox = await startSandbox();
  net = guard();
});
beforeEach(() => sandbox.control.reset());
afterAll(async () => {
  await net?.close();
  await sandbox?.stop();
});

const outcome = async (url: string) => (await net.fetch({ url, kind: "document" })).outcome;

test("the guard reads documents of the sandbox, and asks conditionally", async () => {
  const first = await net.fetch({ url: quill, kind: "document" });
  expect([first.outcome, first.address, first.tls?.subject]).toEqual([
    "ok",
    "127.0.0.1",
    expect.stringContaining("quillagent.dev"),
  ]);
  const again = await net.fetch({ url: quill, kind: "document", validators: { etag: first.headers.etag } });
  expect(again.outcome).toBe("not_modified");
});

const faults: [Fault, FetchOutcome][] = [
  [{ kind: "status", status: 404 }, "not_found"],
  [{ kind: "status", status: 410 }, "not_found"],
  [{ kind: "status", status: 429, headers: { "retry-after": "60" } }, "rate_limited"],
  [{ kind: "status", status: 503 }, "server_error"],
  [{ kind: "challenge" }, "challenged"],
  [{ kind: "redirect", location: "https://elsewhere.dev/" }, "redirect"],
  [{ kind: "gzip" }, "bad_encoding"],
  [{ kind: "oversized", bytes: 6000 }, "too_large"],
  [{ kind: "oversized", bytes: 6000, declared: false }, "too_large"],
  [{ kind: "reset" }, "connect_error"],
  [{ kind: "slow", milliseconds: 60_000 }, "timeout"],
  [{ kind: "drip", bytes: 1, milliseconds: 50 }, "timeout"],
];
test.each(faults)("%o is %s, and mends", async (fault, expected) => {
  await sandbox.control.break(quill, fault);
  expect(await outcome(quill)).toBe(expected);
  await sandbox.control.mend(quill);
  expect(await outcome(quill)).toBe("ok");
});

test.each(["wrong_name", "expired", "untrusted"] as CertificateFault[])(
  "a certificate that is %s is tls_error",
  async (fault) => {
    await sandbox.control.breakCertificate("tidewater.dev", fault);
    expect(await outcome("https://tidewater.dev/oauth/client.json")).toBe("tls_error");
  },
);

const names: [string, FetchOutcome][] = [
  ["private", "refused_address"],
  ["metadata", "refused_address"],
  ["loopback6", "refused_address"],
  ["mapped", "refused_address"],
  ["unique-local", "refused_address"],
  ["mixed", "refused_address"],
  ["crowd", "refused_address"],
  ["refused", "connect_error"],
  ["nowhere", "dns_error"],
  ["empty", "dns_error"],
  ["broken", "dns_error"],
  ["silent", "timeout"],
];
test.each(names)("%s.oddnames.dev is %s, and no request arrives", async (name, expected) => {
  expect(await outcome(`https://${name}.oddnames.dev/client.json`)).toBe(expected);
  expect(await sandbox.control.requests()).toEqual([]);
});

test("a name that moves to a private address is refused on the next connection", async () => {
  const url = "https://rebind.oddnames.dev/client.json";
  await sandbox.control.publish({ url, body: { client_id: url } });
  expect(await outcome(url)).toBe("ok");
  const later = guard();
  expect((await later.fetch({ url, kind: "document" })).outcome).toBe("refused_address");
  expect(await sandbox.control.requests(url)).toHaveLength(1);
  await later.close();
});
