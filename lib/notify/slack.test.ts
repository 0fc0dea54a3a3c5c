import { afterEach, beforeEach, expect, test } from "vitest";
import { slack, slackPayload } from "./slack.ts";
import { slackText } from "./slackText.ts";
import { openHands } from "./testing/openHands.ts";
import { hostileName, sampleMessage } from "./testing/sampleMessage.ts";
import { startReceiver, type Receiver } from "./testing/startReceiver.ts";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const send = () => slack.send(sampleMessage(), { url: receiver.url }, openHands());

test("writes blocks with a link, and a plain text for where blocks are not shown", async () => {
  receiver.answer = (response) => void response.end("ok");
  expect(await send()).toMatchObject({ outcome: "delivered" });
  const sent = JSON.parse(receiver.received[0]?.body ?? "") as { text: string; blocks: unknown[] };
  expect(sent.text).toContain("High: F-12 opened: Tidewater");
  expect(JSON.stringify(sent.blocks)).toContain("<https://rollcall.example/findings/12|Open in Rollcall>");
});

test("a hostile name mentions nobody and links nowhere", () => {
  const payload = slackPayload(sampleMessage(hostileName));
  const text = JSON.stringify(payload);
  expect(text).toContain("&lt;!channel&gt;");
  expect(text).toContain("&lt;script&gt;");
  expect(text).not.toContain("@channel");
  expect(text.match(/<[^>]*>/g)).toEqual(["<https://rollcall.example/findings/12|Open in Rollcall>"]);
  expect(payload).toMatchObject({ parse: "none", link_names: false });
});

test("however much must be escaped, no text is longer than Slack takes", () => {
  const name = "<".repeat(80);
  const message = sampleMessage(name);
  const sentence = `Redirects to https://evil.example/?${"&".repeat(690)}`;
  const title = `F-12 opened: ${name} (https://evil.example/?${"&".repeat(140)})`;
  const client = { id: "c1", clientId: `https://evil.example/?${"&".repeat(480)}`, name };
  const payload = slackPayload({ ...message, notice: { ...message.notice, title, sentence, client } });
  const texts = JSON.stringify(payload).match(/"text":"[^"]*"/g) ?? [];
  expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(3_000);
});

test("a cut falls between characters", () => {
  expect(slackText("ab&cd", 8)).toBe("ab&amp;…");
  expect(slackText("ab&cd", 7)).toBe("ab…");
  expect(slackText("a😀b\ud83d", 3)).toBe("a…");
  expect(slackText("a\ud83d", 9)).toBe("a\ufffd");
});

test.each([
  [404, "refused"],
  [403, "refused"],
  [429, "failed"],
  [500, "failed"],
])("status %i is %s", async (status, outcome) => {
  receiver.answer = (response) => void response.writeHead(status).end("no_service");
  expect(await send()).toMatchObject({ outcome, status });
});

test("its address is a secret and shows its host only", () => {
  expect(slack.secrets).toEqual(["url"]);
  expect(slack.where({ url: "https://hooks.slack.com/services/T0/B0/xyz" })).toBe("hooks.slack.com");
});
