import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openHands } from "./testing/openHands.ts";
import { at, hostileName, sampleMessage } from "./testing/sampleMessage.ts";
import { startReceiver, type Receiver } from "./testing/startReceiver.ts";
import { webhook } from "./webhook.ts";

const secret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const previousSecret = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  vi.useFakeTimers({ toFake: ["Date"], now: at });
});
afterEach(async () => {
  vi.useRealTimers();
  await receiver.close();
});

const settings = () => ({ url: receiver.url, secret });
const headersOf = (n = 0) => receiver.received[n]?.headers as Record<string, string>;
const send = (more: object = {}, message = sampleMessage()) =>
  webhook.send(message, { ...settings(), ...more }, openHands());

test("a receiver verifies it with the library of Standard Webhooks", async () => {
  expect(await send()).toMatchObject({ outcome: "delivered", status: 204 });
  const [one] = receiver.received;
  expect(one?.headers).toMatchObject({
    "webhook-id": "event-12",
    "webhook-timestamp": String(at / 1_000),
    "content-type": "application/json",
  });
  expect(new Webhook(secret).verify(one?.body ?? "", headersOf())).toMatchObject({
    type: "finding.opened",
    timestamp: "2026-11-21T09:00:00.000Z",
    data: {
      severity: "high",
      url: "https://rollcall.example/findings/12",
      client: { client_id: "https://tidewater.dev/oauth/client.json" },
      finding: { number: 12, rule: "drift.redirect-added" },
    },
  });
  expect(() => new Webhook(previousSecret).verify(one?.body ?? "", headersOf())).toThrow();
});

test("while the secret rotates, both the new and the old one verify it", async () => {
  await send({ previousSecret, previousSecretUntil: at + 1 });
  expect(headersOf()["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
  for (const each of [secret, previousSecret])
    expect(new Webhook(each).verify(receiver.received[0]?.body ?? "", headersOf())).toBeTruthy();
  await send({ previousSecret, previousSecretUntil: at });
  expect(headersOf(1)["webhook-signature"]).toMatch(/^v1,\S+$/);
});

test.each([
  [200, {}, { outcome: "delivered" }],
  [302, { location: "http://169.254.169.254/" }, { outcome: "failed" }],
  [404, {}, { outcome: "failed" }],
  [410, {}, { outcome: "refused", switchOff: true }],
  [429, { "retry-after": "90" }, { outcome: "failed", retryAfter: 90_000 }],
  [500, {}, { outcome: "failed" }],
  [503, { "retry-after": "Sat, 21 Nov 2026 09:10:00 GMT" }, { outcome: "failed", retryAfter: 600_000 }],
])("status %i with %j is %j", async (status, headers, expected) => {
  receiver.answer = (response) => void response.writeHead(status, headers).end("secret words of a server");
  const sent = await send();
  expect(sent).toMatchObject({ status, ...expected });
  expect(JSON.stringify(sent)).not.toContain("secret words");
  expect(receiver.received).toHaveLength(1);
});

test("hostile names stay inside the JSON", async () => {
  await send({}, sampleMessage(hostileName));
  expect(Object.keys(headersOf())).not.toContain("bcc");
  const { data } = JSON.parse(receiver.received[0]?.body ?? "") as { data: { title: string } };
  expect(data.title).not.toMatch(/[\r\n\u202e]/);
});

test("an address that no operator listed is refused", async () => {
  const hands = openHands({ listed: [] });
  for (const url of [
    "http://169.254.169.254/",
    "https://169.254.169.254/",
    receiver.url,
    "https://10.0.0.1/",
  ])
    expect(await webhook.send(sampleMessage(), { url, secret }, hands)).toMatchObject({ outcome: "refused" });
  expect(receiver.received).toHaveLength(0);
});

test.each(["", "example.com", "ftp://example.com/", "https://u:p@example.com/", "https://example.com/#x"])(
  "%j is no address",
  (url) => expect(webhook.settings.safeParse({ url, secret }).success).toBe(false),
);
