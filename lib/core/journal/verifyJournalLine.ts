import { sha256Hex } from "../sha256.ts";
import { journalBytes } from "./journalBytes.ts";

export interface StoredLine {
  readonly seq: number;
  readonly at: number;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly bytes: string;
  readonly prevHash: string;
  readonly hash: string;
}

/**
 * What is wrong with a stored line, given the one before it; undefined when all is right. The columns people search by
 * must say what the hashed bytes say, or a changed column would go unseen.
 */
export function verifyJournalLine(
  line: StoredLine,
  before: { seq: number; hash: string } | undefined,
): string | undefined {
  const expectedSeq = (before?.seq ?? 0) + 1;
  if (line.seq !== expectedSeq) return `Line ${expectedSeq} is missing: the next one is ${line.seq}.`;
  if (line.prevHash !== (before?.hash ?? ""))
    return `Line ${line.seq} does not follow line ${expectedSeq - 1}.`;
  if (sha256Hex(line.bytes) !== line.hash) return `Line ${line.seq} was changed after it was written.`;
  if (!saysTheSame(line)) return `Line ${line.seq} says one thing in its columns and another in its bytes.`;
  return undefined;
}

/** The bytes without their detail, which has no column, must be what the columns would be written as. */
function saysTheSame(line: StoredLine): boolean {
  const said = readObject(line.bytes);
  const { detail: _detail, ...columns } = said;
  const expected = journalBytes({
    seq: line.seq,
    at: line.at,
    actor: { kind: line.actorKind, id: line.actorId, name: line.actorName },
    action: line.action,
    subject: { kind: line.subjectKind, id: line.subjectId, name: line.subjectName },
    prevHash: line.prevHash,
  });
  return JSON.stringify(columns) === expected;
}

function readObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
