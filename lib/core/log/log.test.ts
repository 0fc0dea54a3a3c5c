import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { formatCheckpoint, logOrigin, parseCheckpoint } from "./checkpoint.ts";
import { formatEntryBundle, parseEntryBundle } from "./entryBundle.ts";
import { bytesOfHex, hexOf } from "./hex.ts";
import { formatLogEntry, parseLogEntry } from "./logEntry.ts";
import { consistencyProof, inclusionProof, rootOf, tilesRead } from "./proofs.ts";
import { formatNote, formatVerifierKey, noteKeyId, parseNote, parseVerifierKey } from "./signedNote.ts";
import { formatTilePath, parseTilePath } from "./tilePath.ts";
import { edgeTiles, extendTiles, tileId, type ReadTile } from "./tiles.ts";
import { emptyRoot, leafHash, nodeHash, sameBytes } from "./treeHash.ts";
import { verifyConsistency, verifyInclusion } from "./verifyProof.ts";

/** The inputs and roots that certificate-transparency-go and RFC 6962 implementations test with. */
const inputs = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map(bytesOfHex);
const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

function grow(sizes: readonly number[], leaf: (n: number) => Uint8Array): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  let size = 0;
  for (const next of sizes) {
    const hashes = Array.from({ length: next - size }, (_, n) => leafHash(leaf(size + n)));
    for (const [id, tile] of extendTiles(size, hashes, reader(tiles))) tiles.set(id, tile);
    size = next;
  }
  return tiles;
}

function reader(tiles: ReadonlyMap<string, Uint8Array>): ReadTile {
  return (level, index) => tiles.get(tileId(level, index));
}

const numbered = (n: number) => new TextEncoder().encode(`leaf ${n}`);

/** RFC 6962 §2.1 word for word, for comparison. */
function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leafHash(leaves[0] as Uint8Array);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

describe("the tree", () => {
  test.each(roots.map((root, size) => [size, root] as const))(
    "of %i known leaves has its root",
    (size, root) => {
      const tiles = grow([size], (n) => inputs[n] as Uint8Array);
      expect(hexOf(rootOf(reader(tiles), size))).toBe(root);
    },
  );

  test("has the same tiles and root whether leaves come at once or one by one", () => {
    const size = 600;
    const ones = Array.from({ length: size }, (_, n) => n + 1);
    const atOnce = grow([size], numbered);
    for (const steps of [ones, [1, 255, 256, 257, 511, 512, 600], [300, 600]])
      expect(grow(steps, numbered)).toEqual(atOnce);
    expect([...atOnce.keys()]).toEqual(["0/0", "0/1", "0/2", "1/0"]);
    expect(edgeTiles(size)).toEqual(["0/2", "1/0"]);
  });

  test.each([255, 256, 257, 511, 512, 513, 1_000])("of %i leaves is that of the definition", (size) => {
    const leaves = Array.from({ length: size }, (_, n) => numbered(n));
    expect(rootOf(reader(grow([size], numbered)), size)).toEqual(plainRoot(leaves));
  });

  test("a tile that is missing or too short is told, not guessed", () => {
    expect(() => rootOf(() => undefined, 3)).toThrow("tile 0/0 is missing");
    expect(() => extendTiles(3, [leafHash(numbered(3))], () => new Uint8Array(32))).toThrow(
      "does not hold 3",
    );
  });
});

describe("proofs", () => {
  const most = 40;
  const tiles = grow([most], numbered);
  const read = reader(tiles);
  const sizes = Array.from({ length: most + 1 }, (_, size) => size);
  const root = sizes.map((size) => rootOf(read, size));
  const rootAt = (size: number) => root[size] as Uint8Array;

  test("of inclusion hold for every leaf of every tree, and for no other leaf, index, size or root", () => {
    for (const size of sizes)
      for (let index = 0; index < size; index++) {
        const leaf = leafHash(numbered(index));
        const proof = inclusionProof(read, index, size);
        expect(verifyInclusion(leaf, index, size, proof, rootAt(size))).toBe(true);
        expect(verifyInclusion(leafHash(numbered(most)), index, size, proof, rootAt(size))).toBe(false);
        expect(verifyInclusion(leaf, index, size, proof, rootAt(size - 1))).toBe(false);
        expect(verifyInclusion(leaf, index + 1, size, proof, rootAt(size))).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, leaf], rootAt(size))).toBe(false);
        if (proof.length > 0)
          expect(verifyInclusion(leaf, index, size, proof.slice(1), rootAt(size))).toBe(false);
      }
  });

  test("of consistency hold for every pair of trees, and for no other root, size or proof", () => {
    for (const size of sizes)
      for (let from = 0; from <= size; from++) {
        const proof = consistencyProof(read, from, size);
        const older = { size: from, root: rootAt(from) };
        const newer = { size, root: rootAt(size) };
        expect(verifyConsistency(older, newer, proof)).toBe(true);
        if (from === 0) continue;
        const other = leafHash(numbered(most));
        expect(verifyConsistency({ size: from, root: other }, newer, proof)).toBe(false);
        expect(verifyConsistency(older, { size, root: other }, proof)).toBe(false);
        expect(verifyConsistency(older, newer, [...proof, other])).toBe(false);
        if (proof.length > 0) expect(verifyConsistency(older, newer, proof.slice(1))).toBe(false);
      }
    expect(verifyConsistency({ size: 3, root: rootAt(3) }, { size: 2, root: rootAt(2) }, [])).toBe(false);
  });

  test("span tiles, and read only those they name", () => {
    const size = 70_000;
    const large = grow([size], numbered);
    const ids = tilesRead((each) => [
      inclusionProof(each, 65_999, size),
      consistencyProof(each, 300, size),
      rootOf(each, size),
      rootOf(each, 300),
    ]);
    expect(ids.length).toBeLessThan(12);
    const few = reader(new Map(ids.map((id) => [id, large.get(id) as Uint8Array])));
    const whole = rootOf(few, size);
    expect(
      verifyInclusion(leafHash(numbered(65_999)), 65_999, size, inclusionProof(few, 65_999, size), whole),
    ).toBe(true);
    const older = { size: 300, root: rootOf(few, 300) };
    expect(verifyConsistency(older, { size, root: whole }, consistencyProof(few, 300, size))).toBe(true);
    expect(large.get("1/1")?.length).toBe(17 * 32);
    expect(large.get("2/0")?.length).toBe(32);
  });
});

describe("a tile's path", () => {
  test.each([
    ["0/000", { level: 0, index: 0, width: 256 }],
    ["0/x001/x234/067", { level: 0, index: 1_234_067, width: 256 }],
    ["0/x001/234.p/5", { level: 0, index: 1_234, width: 5 }],
    ["63/999.p/255", { level: 63, index: 999, width: 255 }],
    ["entries/x273/112.p/1", { level: "entries", index: 273_112, width: 1 }],
  ] as const)("%s", (path, parsed) => {
    expect(parseTilePath(path)).toEqual(parsed);
    expect(formatTilePath(parsed)).toBe(path);
  });

  test.each([
    "",
    "0",
    "0/0",
    "0/00",
    "00/000",
    "64/000",
    "0/x000/001",
    "0/x001/x002",
    "0/1234",
    "0/000.p/0",
    "0/000.p/256",
    "0/000.p/01",
    "0/000/",
    "-1/000",
    "other/000",
    "0/000?x",
  ])("'%s' is none", (path) => expect(parseTilePath(path)).toBeUndefined());
});

describe("a signed note", () => {
  // The example of C2SP signed-note.
  const key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  const note =
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

  test("the specification's example is read, verifies, and is written the same", () => {
    const verifier = parseVerifierKey(key);
    const parsed = parseNote(note);
    if (!verifier || !parsed) throw new Error("Not read.");
    expect(verifier).toMatchObject({ name: "example.com/foo", keyId: "530d903a" });
    expect(parsed.text).toBe("This is an example message.\n");
    expect(parsed.signatures[0]).toMatchObject({ name: verifier.name, keyId: verifier.keyId });
    const x = Buffer.from(verifier.publicKey).toString("base64url");
    const publicKey = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
    const signature = parsed.signatures[0]?.signature ?? new Uint8Array();
    expect(verify(null, Buffer.from(parsed.text), publicKey, signature)).toBe(true);
    expect(formatNote(parsed)).toBe(note);
    expect(formatVerifierKey(verifier.name, verifier.publicKey)).toBe(key);
  });

  test.each([
    ["without a signature", "text\n"],
    ["without its last newline", note.slice(0, -1)],
    ["with a hyphen for the dash", note.replace("—", "-")],
    ["with a control character", note.replace("message", "mess\tage")],
    ["with bad base 64", note.replace("aQM=", "aQM")],
    ["with a name with a plus", note.replace("example.com/foo ", "example.com+foo ")],
  ])("%s is none", (_, text) => expect(parseNote(text)).toBeUndefined());

  test("a verifier key of another name, id or type is none", () => {
    expect(parseVerifierKey(key.replace("foo", "bar"))).toBeUndefined();
    expect(parseVerifierKey(key.replace("530d", "531d"))).toBeUndefined();
    expect(parseVerifierKey(key.replace("+Aeky", "+Beky"))).toBeUndefined();
    expect(() => formatVerifierKey("a b", new Uint8Array(32))).toThrow("spaces");
    expect(noteKeyId("a", new Uint8Array(32))).not.toBe(noteKeyId("b", new Uint8Array(32)));
  });

  test("an empty line in the text does not end it", () => {
    const text = "one\n\ntwo\n";
    const signed = formatNote({
      text,
      signatures: [{ name: "n", keyId: "01020304", signature: Uint8Array.of(9) }],
    });
    expect(parseNote(signed)?.text).toBe(text);
  });
});

describe("a checkpoint", () => {
  const root = bytesOfHex(roots[8] as string);
  test("goes there and back", () => {
    const text = formatCheckpoint({ origin: "gov.example/v1/log", size: 8, root });
    expect(text).toBe("gov.example/v1/log\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n");
    expect(parseCheckpoint(text)).toEqual({ origin: "gov.example/v1/log", size: 8, root });
    expect(parseCheckpoint(`${text}extension\n`)?.size).toBe(8);
  });

  test.each(["", "a\n1\n", "a\n01\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n", "a\n1\nAAAA\n"])(
    "%j is none",
    (text) => expect(parseCheckpoint(text)).toBeUndefined(),
  );

  test("is named after the log's URL", () => {
    expect(logOrigin("https://gov.example:8443/base")).toBe("gov.example:8443/base/v1/log");
  });
});

test("a leaf has one text, and bundles keep it", () => {
  const entry = { k: "audit", id: "17", sha256: roots[0] as string } as const;
  const text = formatLogEntry(entry);
  expect(text).toBe(`{"k":"audit","id":"17","sha256":"${roots[0]}"}`);
  expect(parseLogEntry(text)).toEqual(entry);
  for (const other of [
    `${text} `,
    text.replace("audit", "other"),
    text.replace("e3", "E3"),
    "{}",
    "null",
    "x",
  ])
    expect(parseLogEntry(other)).toBeUndefined();
  const bundle = formatEntryBundle([text, "", "é"]);
  expect(parseEntryBundle(bundle)?.map((bytes) => new TextDecoder().decode(bytes))).toEqual([text, "", "é"]);
  expect(parseEntryBundle(bundle.subarray(0, -1))).toBeUndefined();
  expect(sameBytes(bundle.subarray(0, 2), Uint8Array.of(0, text.length))).toBe(true);
});
