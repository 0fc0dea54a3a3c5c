import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format } from "prettier";
import { headUrl, issuer } from "./claims.ts";
import { headVectors } from "./headVectors.ts";
import { keySetVectors } from "./keySetVectors.ts";
import { listOfVectors, lookupVectors } from "./lookupVectors.ts";
import type { VectorIndex } from "./Vector.ts";

/** Makes docs/vectors/ anew. ECDSA signs with chance, so the files are kept; run it when the format changes. */
const folder = join(import.meta.dirname, "../../docs/vectors");

for (const each of ["heads", "jwks", "keys", "objects", "objects-tampered", "objects-truncated"])
  rmSync(join(folder, each), { recursive: true, force: true });

function put(path: string, body: string | Uint8Array): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), body);
  return path;
}

const { root, count } = listOfVectors();
const index: VectorIndex = {
  about:
    "Test vectors of the allowlist format (docs/allowlist.md). Paths are relative to this file, times are seconds. The keys are made of public names and protect nothing.",
  issuer,
  head_url: headUrl,
  heads: await headVectors(put, root, count),
  lookups: await lookupVectors(put),
  key_sets: await keySetVectors(put, root, count),
};
put("vectors.json", await format(JSON.stringify(index), { parser: "json", printWidth: 110 }));
console.log(
  `${index.heads.length} heads, ${index.lookups.length} lookups, ${index.key_sets.length} key sets`,
);
