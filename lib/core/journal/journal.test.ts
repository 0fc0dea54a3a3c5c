import { expect, test } from "vitest";
import { sha256Hex } from "../sha256.ts";
import { journalBytes } from "./journalBytes.ts";
import { verifyJournalLine, type StoredLine } from "./verifyJournalLine.ts";

function lineAfter(
  before: StoredLine | undefined,
  more: { detail?: Record<string, unknown> } = {},
): StoredLine {
  const written = {
    seq: (before?.seq ?? 0) + 1,
    at: 1_795_000_000_123,
    actor: { kind: "person", id: "p1", name: "Mara" },
    action: "client.approved",
    subject: { kind: "client", id: "c1", name: "https://a.example/c" },
    prevHash: before?.hash ?? "",
    ...more,
  };
  const bytes = journalBytes(written);
  return {
    seq: written.seq,
    at: written.at,
    actorKind: "person",
    actorId: "p1",
    actorName: "Mara",
    action: written.action,
    subjectKind: "client",
    subjectId: "c1",
    subjectName: "https://a.example/c",
    bytes,
    prevHash: written.prevHash,
    hash: sha256Hex(bytes),
  };
}

const first = lineAfter(undefined);
const second = lineAfter(first, { detail: { reason: "Because.", at: 1, prev: "x" } });

test("lines that follow one another hold", () => {
  expect(verifyJournalLine(first, undefined)).toBeUndefined();
  expect(verifyJournalLine(second, first)).toBeUndefined();
});

test.each(Object.keys(second) as (keyof StoredLine)[])("a changed %s is found", (column) => {
  const value = second[column];
  const changed = typeof value === "number" ? value + 1 : `${value}x`;
  expect(verifyJournalLine({ ...second, [column]: changed }, first)).toMatch(/^Line \d+ /);
});

test("a line whose bytes were forged together with their hash does not carry the next", () => {
  const forged = lineAfter(undefined, { detail: { reason: "Never said." } });
  expect(verifyJournalLine(forged, undefined)).toBeUndefined();
  expect(verifyJournalLine(second, forged)).toBe("Line 2 does not follow line 1.");
});

test("bytes that are no JSON are a fault, not a crash", () => {
  const bytes = "{";
  expect(verifyJournalLine({ ...first, bytes, hash: sha256Hex(bytes) }, undefined)).toMatch(
    /another in its bytes/,
  );
});

test("a missing line is named", () => {
  expect(verifyJournalLine(second, undefined)).toBe("Line 1 is missing: the next one is 2.");
});
