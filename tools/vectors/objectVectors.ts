import { headTyp } from "#lib/core/allowlist/wire.ts";
import { claimsOf, now, sha256, type Put } from "./claims.ts";
import type { LookupVector } from "./Vector.ts";
import { signClaims, vectorKey } from "./vectorKeys.ts";

/** A head with this root, and what is decided about a client by it: objects of all forms, each under its right name. */
export async function objectVectors(put: Put): Promise<LookupVector[]> {
  const key = await vectorKey("signing");
  const app = "https://app.example/client.json";
  const path = sha256(app);
  const other = "https://other.example/client.json";
  const object = (body: string | Uint8Array) => {
    const name = sha256(body);
    put(`objects/${name}`, body);
    return name;
  };
  const json = (value: object) => object(JSON.stringify(value));
  const entry = { redirect_uris: [], status: "allow" };
  const entries = { [app]: entry };
  const leaf = json({ entries, v: 1 });
  const branch = (child: string, depth: number) => json({ children: { [path.charAt(depth)]: child }, v: 1 });
  /** A leaf so many levels below the root. */
  const deep = (levels: number) => {
    let name = leaf;
    for (let depth = levels - 1; depth >= 0; depth--) name = branch(name, depth);
    return name;
  };
  const digit = path.charAt(0);
  const next = digit === "0" ? "1" : "0";
  const text = JSON.stringify({ entries, v: 1 });

  const cases: [name: string, expect: string, what: string, root: string][] = [
    ["one-leaf", "allow", "The root is a leaf.", leaf],
    ["salted", "allow", "A salted leaf.", json({ entries, salt: "c2FsdA", v: 1 })],
    [
      "unknown-in-object",
      "allow",
      "An unknown member of an object is ignored.",
      json({ entries, new: 1, v: 1 }),
    ],
    ["deepest", "allow", "A leaf sixteen levels below the root.", deep(16)],
    ["too-deep", "unavailable", "A leaf seventeen levels below the root.", deep(17)],
    ["empty-leaf", "not_listed", "A list without entries.", json({ entries: {}, v: 1 })],
    ["empty-branch", "not_listed", "A missing child is empty.", json({ children: {}, v: 1 })],
    [
      "other-leaf",
      "not_listed",
      "The branch leads to the leaf of another client.",
      branch(json({ entries: { [other]: entry }, v: 1 }), 0),
    ],
    [
      "entry-elsewhere",
      "not_listed",
      "The entry stands where its hash does not lead.",
      json({ children: { [next]: leaf }, v: 1 }),
    ],
    ["child-missing", "unavailable", "There is no object of the child's name.", branch(sha256("nothing"), 0)],
    ["null-object", "unavailable", "The root's hash is right, and its body is null.", object("null")],
    ["list-object", "unavailable", "The root is a list.", object("[]")],
    ["empty-object", "unavailable", "The root is neither leaf nor branch.", json({ v: 1 })],
    ["no-body", "unavailable", "The root is empty.", object("")],
    ["leaf-and-branch", "unavailable", "The root is both.", json({ children: {}, entries, v: 1 })],
    [
      "leaf-and-null",
      "unavailable",
      "The root is a leaf with `children` null.",
      json({ children: null, entries, v: 1 }),
    ],
    ["entries-list", "unavailable", "`entries` is a list.", json({ entries: [], v: 1 })],
    ["children-list", "unavailable", "`children` is a list.", json({ children: [], v: 1 })],
    ["object-version", "unavailable", "An object of version 2.", json({ entries, v: 2 })],
    ["object-version-text", "unavailable", "The version is a string.", json({ entries, v: "1" })],
    ["object-version-true", "unavailable", "The version is true.", json({ entries, v: true })],
    ["object-no-version", "unavailable", "An object without a version.", json({ entries })],
    ["child-null", "unavailable", "The child is null.", json({ children: { [digit]: null }, v: 1 })],
    [
      "child-no-hash",
      "unavailable",
      "Another child is no hash.",
      json({ children: { [digit]: leaf, [next]: "x" }, v: 1 }),
    ],
    [
      "child-two-digits",
      "unavailable",
      "A child of two digits.",
      json({ children: { [digit]: leaf, "0a": leaf }, v: 1 }),
    ],
    [
      "child-upper-case",
      "unavailable",
      "A child of an upper-case digit.",
      json({ children: { [digit]: leaf, A: leaf }, v: 1 }),
    ],
    [
      "namespaces-as-root",
      "unavailable",
      "The root is an object with namespaces.",
      json({ namespaces: [], v: 1 }),
    ],
    ["object-bom", "unavailable", "A byte order mark before the JSON.", object(`\uFEFF${text}`)],
    [
      "object-not-utf8",
      "unavailable",
      "Bytes that are not UTF-8.",
      object(
        Buffer.concat([Buffer.from(text.replace(/}$/, ',"new":"')), Buffer.of(0xff), Buffer.from('"}')]),
      ),
    ],
    ["object-nan", "unavailable", "NaN is not JSON.", object(text.replace(/}$/, ',"new":NaN}'))],
    ["object-two", "unavailable", "Two values.", object(text + text)],
    ["entry-null", "unknown_value", "The entry is null.", json({ entries: { [app]: null }, v: 1 })],
    ["entry-text", "unknown_value", "The entry is a string.", json({ entries: { [app]: "allow" }, v: 1 })],
    ["entry-list", "unknown_value", "The entry is a list.", json({ entries: { [app]: [entry] }, v: 1 })],
    ["entry-empty", "unknown_value", "The entry says nothing.", json({ entries: { [app]: {} }, v: 1 })],
    [
      "entry-twice",
      "entry_denies",
      "The client stands twice: the last entry counts, or the object is unusable.",
      object(text.replace(/},"v":1}$/, `,${JSON.stringify(app)}:{"status":"deny"}},"v":1}`)),
    ],
    [
      "status-twice",
      "entry_denies",
      "`status` stands twice: the last one counts, or the object is unusable.",
      object(text.replace('"status":"allow"', '"status":"allow","status":"deny"')),
    ],
    [
      "name-in-other-case",
      "unknown_value",
      "`Status` is not `status`.",
      json({ entries: { [app]: { Status: "allow" } }, v: 1 }),
    ],
  ];
  const vectors: LookupVector[] = [];
  for (const [name, expect, what, root] of cases) {
    const claims = { ...claimsOf(root, 1), seq: 490 };
    const head = put(`heads/lookup-${name}.jws`, await signClaims(key, headTyp, claims));
    vectors.push({
      name,
      what,
      head,
      jwks: "jwks/good.json",
      objects: ["objects"],
      now,
      question: { client_id: app },
      expect,
    });
  }
  return vectors;
}
