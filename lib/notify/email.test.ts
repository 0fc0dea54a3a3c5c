import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { makeAuthority } from "#lib/net/testing/makeAuthority.ts";
import { email } from "./email.ts";
import { openHands } from "./testing/openHands.ts";
import { hostileName, sampleMessage } from "./testing/sampleMessage.ts";

const authority = makeAuthority();
const certificate = authority.issue(["127.0.0.1", "localhost"]);
const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(() => done()));
});

interface Mailed {
  readonly to: string[];
  readonly text: string;
}

async function mailServer(options: SMTPServerOptions = {}) {
  const mails: Mailed[] = [];
  const server = new SMTPServer({
    ...certificate,
    authOptional: true,
    logger: false,
    onData(stream, session, callback) {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      stream.on("end", () => {
        mails.push({ to: session.envelope.rcptTo.map((each) => each.address), text });
        callback();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  servers.push(server);
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  return { mails, port: (listening.address() as AddressInfo).port };
}

const to = ["mara@example.com", "rui@example.com"];
const settings = { to, digestHour: 7 };
const send = (port: number, message = sampleMessage(), user = "", scheme = "smtp") =>
  email.send(
    message,
    settings,
    openHands({ smtpUrl: `${scheme}://${user}127.0.0.1:${port}`, ca: authority.caPem }),
  );
const decoded = (text: string) =>
  text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

test("a mail arrives as text and HTML, with a link", async () => {
  const { mails, port } = await mailServer();
  expect(await send(port)).toMatchObject({ outcome: "delivered" });
  expect(mails[0]?.to).toEqual(to);
  const text = decoded(mails[0]?.text ?? "");
  expect(text).toContain("Subject: [Rollcall] High: F-12 opened: Tidewater");
  expect(text).toContain("Message-ID: <event-12@rollcall.example>");
  expect(text).toContain("Auto-Submitted: auto-generated");
  expect(text).toContain("https://rollcall.example/findings/12");
  expect(text).toContain('<a href="https://rollcall.example/findings/12"');
});

test("a password is given over TLS only", async () => {
  const seen: unknown[] = [];
  const onAuth: SMTPServerOptions["onAuth"] = (auth, session, callback) => {
    seen.push([auth.username, auth.password, session.secure]);
    callback(null, { user: "mara" });
  };
  const upgraded = await mailServer({ onAuth });
  expect(await send(upgraded.port, undefined, "mara:s3%2Fcret@")).toMatchObject({ outcome: "delivered" });
  const wrapped = await mailServer({ onAuth, secure: true });
  expect(await send(wrapped.port, undefined, "mara:s3%2Fcret@", "smtps")).toMatchObject({
    outcome: "delivered",
  });
  expect(seen).toEqual([
    ["mara", "s3/cret", true],
    ["mara", "s3/cret", true],
  ]);
  const plain = await mailServer({ onAuth, disabledCommands: ["STARTTLS"] });
  expect(await send(plain.port, undefined, "mara:s3%2Fcret@")).toMatchObject({ outcome: "failed" });
  expect(seen).toHaveLength(2);
});

test("a hostile name adds no header, no recipient and no markup", async () => {
  const { mails, port } = await mailServer();
  await send(port, sampleMessage(hostileName));
  const [mail] = mails;
  expect(mail?.to).toEqual(to);
  const [head = "", ...body] = (mail?.text ?? "").split("\r\n\r\n");
  expect(head).not.toMatch(/^bcc:/im);
  const html = decoded(body.join("\n")).split("<!doctype html>")[1];
  expect(html).not.toContain("<script>");
  expect(html).toContain("&lt;script&gt;");
});

test("a digest names the gravest first and is one mail", async () => {
  const { mails, port } = await mailServer();
  const digest = [
    sampleMessage("Low one", "low", 1),
    sampleMessage("Medium one", "medium", 2),
    sampleMessage("Low two", "low", 3),
  ];
  await send(port, { ...sampleMessage(), id: "digest-1", digest });
  expect(mails).toHaveLength(1);
  const text = decoded(mails[0]?.text ?? "");
  expect(text).toContain("Subject: [Rollcall] Digest: 1 medium, 2 low");
  const places = ["Medium (1)", "Medium one", "Low (2)", "Low one", "Low two"].map((word) =>
    text.indexOf(word),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
});

test("what the server refuses for good is refused, what it postpones has failed", async () => {
  const answering = (responseCode: number) =>
    mailServer({
      onRcptTo: (_, __, callback) => callback(Object.assign(new Error("Not here"), { responseCode })),
    });
  expect(await send((await answering(550)).port)).toMatchObject({ outcome: "refused", status: 550 });
  expect(await send((await answering(451)).port)).toMatchObject({ outcome: "failed", status: 451 });
  expect(await send(9)).toMatchObject({ outcome: "failed" });
});

test("without a mail server it says so", async () => {
  expect(await email.send(sampleMessage(), settings, openHands())).toMatchObject({
    outcome: "refused",
    sentence: expect.stringContaining("ROLLCALL_SMTP_URL"),
  });
});

test.each([
  ["mara@example.com, rui@example.com\nada@example.com", 3],
  ["Mara <mara@example.com>", 0],
  ["mara@example.com\r\nBcc: all@example.com", 0],
  ["", 0],
])("%j holds %i addresses", (text, count) => {
  const parsed = email.settings.safeParse({ to: text, digestHour: "7" });
  expect(parsed.success ? (parsed.data["to"] as string[]).length : 0).toBe(count);
});
