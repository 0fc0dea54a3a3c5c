import { describe, expect, test } from "vitest";
import { day, hour, minute, second } from "#lib/core/Instant.ts";
import { channelWants } from "./channelWants.ts";
import { digestSlot } from "./digestSlot.ts";
import { nextSend } from "./nextSend.ts";
import type { Notice } from "./Notice.ts";
import { noticeOf } from "./noticeOf.ts";
import { groupOf, topicGroups } from "./topicGroups.ts";
import { signingSecret } from "./signingSecret.ts";

const at = Date.UTC(2026, 10, 21, 9);
const id = "https://tidewater.dev/oauth/client.json";
const known = { id: "c1", clientId: id, name: "Tidewater", ownerTeamId: "t1" };
const finding = {
  number: 12,
  rule: "drift.redirect-added",
  severity: "high",
  state: "open",
  message: "A redirect was added.",
  client: { id: "c1", clientId: id, name: "Tidewater" },
  host: "tidewater.dev",
  ownerTeamId: "t1",
  members: 1,
};
const event = (topic: string, detail: unknown = {}, more: object = {}) => ({
  topic,
  at,
  payload: { actor: "Rui", subject: { kind: "client", id: "c1", name: id }, detail, ...more },
});

describe("a finding", () => {
  test("is told with its client, its severity and where to look", () => {
    expect(noticeOf(event("finding.opened", finding))).toEqual({
      topic: "finding.opened",
      title: `F-12 opened: Tidewater (${id})`,
      sentence: "A redirect was added.",
      severity: "high",
      path: "/findings/12",
      at,
      by: "Rui",
      client: { id: "c1", clientId: id, name: "Tidewater" },
      ownerTeamId: "t1",
      finding: { number: 12, rule: "drift.redirect-added", state: "open", host: "tidewater.dev", members: 1 },
    });
  });

  test("about a host speaks for its clients", () => {
    const notice = noticeOf(event("finding.opened", { ...finding, client: null, members: 40 }));
    expect(notice?.title).toBe("F-12 opened: 40 clients of tidewater.dev");
    expect(notice?.client).toBeUndefined();
  });

  test("that is resolved is news, not an alarm", () => {
    expect(noticeOf(event("finding.resolved", finding))?.severity).toBe("info");
  });
});

test.each([
  ["client.suspended", "high", "Tidewater", "/clients/c1"],
  ["client.blocked", "high", "Tidewater", "/clients/c1"],
  ["client.approved", "low", "Tidewater", "/clients/c1"],
  ["request.opened", "medium", "Tidewater", "/requests/7"],
  ["key.announced", "low", "Tidewater", "/clients/c1"],
  ["copy.uploaded", "medium", "Tidewater", "/clients/c1"],
  ["list.stopped", "critical", "Tidewater", "/servers"],
  ["log.stopped", "critical", "log", "/journal"],
  ["signing_key.revoked", "critical", "Tidewater", "/settings/signing-keys"],
])("%s is told", (topic, severity, name, path) => {
  const notice = noticeOf(event(topic, { number: 7, reason: "The key was stolen." }), known);
  expect(notice).toMatchObject({ topic, severity, path, ownerTeamId: "t1", client: { clientId: id } });
  expect(notice?.title).toContain(name);
  // Or a channel that chooses what it wants could not choose it.
  expect(topicGroups.map((group): string => group.id)).toContain(groupOf(topic));
});

test.each([
  "client.document_changed",
  "vote.approve",
  "release.published",
  "toString",
  "finding.assigned",
  "",
])("%s is left to the journal", (topic) => expect(noticeOf(event(topic, finding), known)).toBeUndefined());

test("untrusted text is shown escaped and cut, and nothing in a payload throws", () => {
  const name = "Evil\r\nBcc: all@example.com\u202e<!channel>";
  const notice = noticeOf(event("client.suspended", { reason: "x".repeat(9_000) }), { ...known, name });
  expect(notice?.title).toContain("Evil\\u000D\\u000ABcc: all@example.com\\u202E<!channel>");
  expect(notice?.sentence.length).toBeLessThan(700);
  for (const detail of [null, 3, [], { number: "12" }, { number: 1, client: 4, severity: {}, message: [] }])
    for (const topic of ["finding.opened", "client.suspended", "request.opened"])
      expect(() => noticeOf({ topic, at, payload: { subject: null, detail } })).not.toThrow();
});

describe("a channel", () => {
  const notice = noticeOf(event("finding.opened", finding)) as Notice;
  test.each([
    [{ minimumSeverity: "info", topics: [], teamId: null }, true],
    [{ minimumSeverity: "high", topics: [], teamId: null }, true],
    [{ minimumSeverity: "critical", topics: [], teamId: null }, false],
    [{ minimumSeverity: "info", topics: ["finding"], teamId: null }, true],
    [{ minimumSeverity: "info", topics: ["client"], teamId: null }, false],
    [{ minimumSeverity: "info", topics: [], teamId: "t1" }, true],
    [{ minimumSeverity: "info", topics: [], teamId: "t2" }, false],
  ] as const)("that wishes %j gets it: %s", (wish, expected) =>
    expect(channelWants(wish, notice)).toBe(expected),
  );
});

test("tries come later and later, twelve at most and not beyond three days", () => {
  const pauses = Array.from({ length: 12 }, (_, n) => nextSend(n + 1, at, at)).map(
    (next) => next && next - at,
  );
  const doubled = [30, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360].map((n) => n * second);
  expect(pauses).toEqual([...doubled, 6 * hour, undefined]);
  expect(nextSend(1, at, at, 10 * minute)).toBe(at + 10 * minute);
  expect(nextSend(1, at, at, 9 * day)).toBe(at + day);
  expect(nextSend(2, at, at + 3 * day)).toBeUndefined();
});

test("a digest is due once a day, at its hour", () => {
  expect(digestSlot(at, 7)).toBe(Date.UTC(2026, 10, 21, 7));
  expect(digestSlot(at, 9)).toBe(at);
  expect(digestSlot(at - 1, 9)).toBe(at - day);
  expect(digestSlot(at, 23)).toBe(Date.UTC(2026, 10, 20, 23));
});

test("a signing secret is plain base64 behind whsec_", () => {
  const token = Buffer.from(Uint8Array.from({ length: 32 }, (_, n) => 255 - n)).toString("base64url");
  expect(Buffer.from(signingSecret(token).slice(6), "base64").toString("base64url")).toBe(token);
  expect(signingSecret(token)).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
});
