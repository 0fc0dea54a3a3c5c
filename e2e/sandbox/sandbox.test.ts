import { spawn } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { connect } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inventedClients } from "./inventedClients.ts";
import { inventedKey } from "./inventedKey.ts";
import { realDocuments, recordedVersions } from "./realDocuments.ts";
import { sandboxFetch, type SandboxFetch } from "./sandboxFetch.ts";
import { createSandboxControl } from "./SandboxControl.ts";
import { startSandbox, type Sandbox } from "./startSandbox.ts";

const quill = "https://quillagent.dev/oauth/client.json";
let sandbox: Sandbox;
let web: SandboxFetch;

beforeAll(async () => {
  sandbox = await startSandbox();
  web = sandboxFetch(sandbox);
});
beforeEach(() => sandbox.control.reset());
afterAll(async () => {
  await web?.close();
  await sandbox?.stop();
});

test("every recorded document is served under its own URL with its recorded status and headers", async () => {
  const newest = new Map(realDocuments().map((document) => [document.url, document]));
  expect(newest.size).toBe(100);
  for (const document of newest.values()) {
    const response = await web.fetch(document.url);
    const text = await response.text();
    expect([document.url, response.status]).toEqual([document.url, document.status ?? 200]);
    for (const [name, value] of Object.entries(document.headers ?? {})) {
      expect(response.headers.get(name), `${document.url} ${name}`).toBe(value === "" ? null : value);
    }
    if (document.body !== undefined) expect(JSON.parse(text)).toEqual(document.body);
  }
  const outages = [...newest.values()].filter((document) => document.status === 503);
  expect(outages).toHaveLength(6);
  const page = await web.fetch("https://bskyhorizon.top/oauth-client-metadata.json");
  await expect(page.json()).rejects.toThrow();
});

test("invented clients serve their documents, and their keys are the same in every run", async () => {
  for (const { client_id, document, keys } of inventedClients) {
    expect(await (await web.fetch(client_id)).json()).toEqual(document);
    if (keys === undefined) continue;
    const set = (await (await web.fetch(keys.url)).json()) as { keys: unknown[] };
    expect(set.keys).toEqual(keys.seeds.map((seed) => inventedKey(seed).publicJwk));
  }
  expect(inventedKey("tidewater-2026-09").jkt).toBe(inventedKey("tidewater-2026-09").jkt);
});

test("any id is a valid ChatGPT connector, anything else unknown is 404", async () => {
  const url = "https://chatgpt.com/oauth/neverSeenBefore1/client.json";
  expect(await (await web.fetch(url)).json()).toMatchObject({ client_id: url });
  expect((await web.fetch("https://nobody-here.dev/client.json")).status).toBe(404);
});

test("conditional requests are answered 304 until the document changes", async () => {
  const etag = (await web.fetch(quill)).headers.get("etag")!;
  const ask = () => web.fetch(quill, { headers: { "if-none-match": etag } });
  expect((await ask()).status).toBe(304);
  await sandbox.control.publish({ url: quill, body: { client_id: quill, client_name: "Quill 2" } });
  const changed = await ask();
  expect([changed.status, await changed.json()]).toEqual([200, { client_id: quill, client_name: "Quill 2" }]);
});

test("real drift can be replayed", async () => {
  const [before, after] = recordedVersions("https://vscode.dev/oauth/client-metadata.json");
  await sandbox.control.publish(before!);
  expect(await (await web.fetch(before!.url)).json()).not.toHaveProperty("logo_uri");
  await sandbox.control.publish(after!);
  expect(await (await web.fetch(after!.url)).json()).toHaveProperty("logo_uri");
});

test("a document can be removed, and reset brings it back", async () => {
  await sandbox.control.remove(quill);
  expect((await web.fetch(quill)).status).toBe(404);
  await sandbox.control.reset();
  expect((await web.fetch(quill)).status).toBe(200);
});

test("a URL can be broken in every way, and mended", async () => {
  const whole = await (await web.fetch(quill)).text();
  const broken = async (fault: Parameters<typeof sandbox.control.break>[1]) => {
    await sandbox.control.break(quill, fault);
    return web.fetch(quill, { redirect: "manual" });
  };
  const limited = await broken({ kind: "status", status: 429, headers: { "retry-after": "60" } });
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "60"]);

  const challenged = await broken({ kind: "challenge" });
  expect([challenged.status, challenged.headers.get("content-type")]).toEqual([
    403,
    "text/html; charset=UTF-8",
  ]);
  expect(await challenged.text()).toContain("Just a moment");

  const moved = await broken({ kind: "redirect", location: "https://elsewhere.dev/", status: 301 });
  expect([moved.status, moved.headers.get("location")]).toEqual([301, "https://elsewhere.dev/"]);

  const zipped = await broken({ kind: "gzip" });
  expect(zipped.headers.get("content-encoding")).toBe("gzip");
  expect(Number(zipped.headers.get("content-length"))).toBe(gzipSync(whole).length);
  expect(await zipped.text()).toBe(whole);

  const large = await broken({ kind: "oversized", bytes: 50_000 });
  expect(large.headers.get("content-length")).toBe("50000");
  expect((await large.arrayBuffer()).byteLength).toBe(50_000);
  const undeclared = await broken({ kind: "oversized", bytes: 50_000, declared: false });
  expect(undeclared.headers.get("content-length")).toBe(null);
  expect((await undeclared.arrayBuffer()).byteLength).toBe(50_000);

  const dripped = await broken({ kind: "drip", bytes: 100, milliseconds: 1 });
  expect(await dripped.text()).toBe(whole);
  const slow = await broken({ kind: "slow", milliseconds: 5 });
  expect(await slow.text()).toBe(whole);

  await expect(broken({ kind: "reset" })).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  await sandbox.control.mend(quill);
  expect(await (await web.fetch(quill)).text()).toBe(whole);
});

test("the certificate of a host can be wrong, expired or a stranger's, and mended", async () => {
  const codes: Record<string, string> = {
    wrong_name: "ERR_TLS_CERT_ALTNAME_INVALID",
    expired: "CERT_HAS_EXPIRED",
    untrusted: "SELF_SIGNED_CERT_IN_CHAIN",
  };
  for (const fault of ["wrong_name", "expired", "untrusted"] as const) {
    await sandbox.control.breakCertificate("quillagent.dev", fault);
    await expect(web.fetch(quill), fault).rejects.toMatchObject({ cause: { code: codes[fault] } });
  }
  await sandbox.control.mendCertificate("quillagent.dev");
  expect((await web.fetch(quill)).status).toBe(200);
});

test("a leaf is issued per name and passes OpenSSL's verification", async () => {
  const socket = connect({
    host: "127.0.0.1",
    port: sandbox.httpsPort,
    servername: "never-seen.dev",
    ca: sandbox.caPem,
  });
  await once(socket, "secureConnect");
  const leaf = socket.getPeerX509Certificate()!;
  socket.destroy();
  expect([socket.authorized, leaf.subjectAltName]).toEqual([true, "DNS:never-seen.dev"]);
  expect(leaf.checkIssued(new X509Certificate(sandbox.caPem))).toBe(true);
  expect(readFileSync(sandbox.env.ROLLCALL_EXTRA_CA_FILE, "utf8")).toBe(sandbox.caPem);
});

test("the request log tells which URLs were fetched and which were not", async () => {
  await web.fetch(quill, { headers: { "user-agent": "lab" } });
  expect(await sandbox.control.requests(quill)).toMatchObject([
    { url: quill, method: "GET", status: 200, headers: { "user-agent": "lab" } },
  ]);
  expect(await sandbox.control.requests("https://tidewater.dev/oauth/client.json")).toEqual([]);
});

test("the DNS server answers c-ares: any name is the sandbox, special names are not", async () => {
  const resolver = new Resolver({ timeout: 5_000, tries: 1 });
  resolver.setServers([sandbox.env.ROLLCALL_DNS_SERVERS]);
  const ask = async (name: string) => {
    const settled = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return settled.map((answer) => (answer.status === "fulfilled" ? answer.value : answer.reason.code));
  };
  expect(await ask("quillagent.dev")).toEqual([["127.0.0.1"], "ENODATA"]);
  expect(await ask("private.oddnames.dev")).toEqual([["10.0.0.8"], "ENODATA"]);
  expect(await ask("loopback6.oddnames.dev")).toEqual(["ENODATA", ["::1"]]);
  expect(await ask("mapped.oddnames.dev")).toEqual(["ENODATA", ["::ffff:10.0.0.8"]]);
  expect(await ask("unique-local.oddnames.dev")).toEqual(["ENODATA", ["fd00::8"]]);
  expect(await ask("rebind.oddnames.dev")).toEqual([["127.0.0.1"], "ENODATA"]);
  expect(await ask("rebind.oddnames.dev")).toEqual([["10.0.0.8"], "ENODATA"]);
  expect((await resolver.resolve4("crowd.oddnames.dev")).length).toBe(70);
  expect(await ask("nowhere.oddnames.dev")).toEqual(["ENOTFOUND", "ENOTFOUND"]);
  expect(await ask("broken.oddnames.dev")).toEqual(["ESERVFAIL", "ESERVFAIL"]);
  expect(await ask("silent.oddnames.dev")).toEqual(["ETIMEOUT", "ETIMEOUT"]);
  await sandbox.control.name("quillagent.dev", [{ kind: "addresses", addresses: ["192.168.0.9"] }]);
  expect(await ask("quillagent.dev")).toEqual([["192.168.0.9"], "ENODATA"]);
  expect(await sandbox.control.queries("rebind.oddnames.dev")).toHaveLength(2);
});

test("the program prints its environment, works, and ends on SIGTERM", async () => {
  const child = spawn(process.execPath, ["--no-warnings", `${import.meta.dirname}/main.ts`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { env } = JSON.parse(line.replace(/^sandbox: /, "")) as { env: Record<string, string> };
  const control = createSandboxControl(env.ROLLCALL_SANDBOX_CONTROL!);
  expect((await control.documents()).length).toBeGreaterThan(100);
  expect(createHash("sha256").update(readFileSync(env.ROLLCALL_EXTRA_CA_FILE!)).digest()).toHaveLength(32);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(() => readFileSync(env.ROLLCALL_EXTRA_CA_FILE!)).toThrow();
});
