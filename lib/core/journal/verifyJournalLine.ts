import { sha256Hex } from "../sha256.ts";

export interface StoredLine {
  readonly seq: number;
  readonly action: string;
  readonly subjectId: string;
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
  const said = JSON.parse(line.bytes) as {
    seq: number;
    action: string;
    prev: string;
    subject: { id: string };
  };
  if (
    said.seq !== line.seq ||
    said.action !== line.action ||
    said.prev !== line.prevHash ||
    said.subject.id !== line.subjectId
  )
    return `Line ${line.seq} says one thing in its columns and another in its bytes.`;
  return undefined;
}
