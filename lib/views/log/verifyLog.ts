import { parseCheckpoint } from "#lib/core/log/checkpoint.ts";
import { growingTree } from "#lib/core/log/growingTree.ts";
import { hexOf } from "#lib/core/log/hex.ts";
import { parseLogEntry, type LogEntry } from "#lib/core/log/logEntry.ts";
import { leafHash, sameBytes } from "#lib/core/log/treeHash.ts";
import type { Read } from "#lib/db/Database.ts";
import { headDigests } from "#lib/db/queries/headDigests.ts";
import { listLogLeaves } from "#lib/db/queries/listLogLeaves.ts";
import { readLogTiles } from "#lib/db/queries/readLogTiles.ts";
import { findAll, type Row } from "#lib/db/rows.ts";
import type { JournalWalk } from "./journalWalk.ts";
import type { LogState } from "./logState.ts";
import { verifySignedNote } from "./verifySignedNote.ts";

const atOnce = 1_024;

/**
 * What is wrong with the log: every leaf is compared with the record it stands for, the tree is built anew from the leaves
 * and compared with the tiles, the root and the signature. Lines of the journal are taken from `journal` as the log
 * names them. Undefined when all is right.
 */
export async function verifyLog(
  db: Read,
  state: LogState,
  journal: JournalWalk,
): Promise<string | undefined> {
  const tree = growingTree();
  const keySets = new Map((await findAll(db, "keySet")).map(({ version, digest }) => [`${version}`, digest]));
  while (tree.size < state.size) {
    const from = tree.size;
    const to = Math.min(from + atOnce, state.size);
    const leaves = await listLogLeaves(db, from, to);
    const heads = await headDigests(
      db,
      leaves.filter(({ kind }) => kind === "head").map(({ ref }) => ref),
    );
    for (const [n, leaf] of leaves.entries()) {
      const fault =
        leaf.index === from + n ? await leafFault(leaf, journal, heads, keySets) : missing(from + n, state);
      if (fault) return fault;
    }
    if (leaves.length < to - from) return missing(from + leaves.length, state);
    const changed = tree.add(leaves.map(({ body }) => leafHash(new TextEncoder().encode(body))));
    const fault = await tileFault(db, changed);
    if (fault) return fault;
  }
  if ((await listLogLeaves(db, state.size, state.size + 1)).length > 0)
    return `The log has leaves beyond its checkpoint of ${state.size}: nobody signed for them.`;
  return checkpointFault(state, hexOf(tree.root()));
}

function missing(index: number, state: LogState): string {
  return `Leaf ${index} of the log is missing; its checkpoint is of ${state.size} leaves.`;
}

async function leafFault(
  leaf: Row<"logLeaf">,
  journal: JournalWalk,
  heads: ReadonlyMap<string, string>,
  keySets: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const entry = parseLogEntry(leaf.body);
  if (entry?.k !== leaf.kind || entry.id !== leaf.ref)
    return `Leaf ${leaf.index} of the log says one thing in its columns and another in its text.`;
  if (entry.k === "audit") return lineFault(entry, leaf.index, journal);
  const [what, digest] =
    entry.k === "head"
      ? [`Head ${entry.id}`, heads.get(entry.id)]
      : [`Key set ${entry.id}`, keySets.get(entry.id)];
  if (digest === undefined) return `${what} is in the log (leaf ${leaf.index}) and was taken away since.`;
  if (digest !== entry.sha256) return `${what} is not the one in the log (leaf ${leaf.index}).`;
  return undefined;
}

async function lineFault(entry: LogEntry, index: number, journal: JournalWalk): Promise<string | undefined> {
  const { line, fault } = await journal.next();
  if (fault) return fault;
  if (!line)
    return `The journal ends at line ${journal.last?.seq ?? 0}, but the log holds line ${entry.id}: lines were cut off.`;
  if (String(line.seq) !== entry.id)
    return `Leaf ${index} of the log is of line ${entry.id} of the journal where line ${line.seq} belongs.`;
  if (line.hash !== entry.sha256)
    return `Line ${line.seq} is not the one in the log (leaf ${index}): the journal was written anew from that line on.`;
  return undefined;
}

async function tileFault(db: Read, changed: ReadonlyMap<string, Uint8Array>): Promise<string | undefined> {
  const stored = await readLogTiles(db, [...changed.keys()]);
  for (const [id, tile] of changed) {
    const [level = 0, index = 0] = id.split("/").map(Number);
    // One that grows on is compared again when it is full, or at the end.
    if (!sameBytes(stored(level, index)?.subarray(0, tile.length), tile))
      return `Tile ${id} of the log is not what its leaves make.`;
  }
  return undefined;
}

async function checkpointFault(state: LogState, root: string): Promise<string | undefined> {
  if (root !== state.root) return "The leaves of the log do not make the root of its checkpoint.";
  const text = await verifySignedNote(state.note, state.verifierKey);
  if (text === null) return "The log's checkpoint is not signed by the log's key.";
  const said = parseCheckpoint(text);
  if (said?.origin !== state.origin || said.size !== state.size || hexOf(said.root) !== root)
    return "The log's signed checkpoint says something else than what is stored beside it.";
  return undefined;
}
