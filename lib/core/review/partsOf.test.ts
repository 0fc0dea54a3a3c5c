import { describe, expect, test } from "vitest";
import { compareSnapshots } from "#lib/core/drift/compareSnapshots.ts";
import { applyDefaults } from "#lib/core/document/applyDefaults.ts";
import { membersOf } from "#lib/core/document/membersOf.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { approvedFacts } from "./approvedFacts.ts";
import type { Exclusion } from "./Exclusion.ts";
import { partsOf } from "./partsOf.ts";
import { acceptsNothing, growthOf, sameSelection, selectParts, toExclusion } from "./selection.ts";

const clientId = "https://tide.example/c";
const base = { client_id: clientId, client_name: "Tide", redirect_uris: ["https://tide.example/cb"] };
const signing = { jwks_uri: "https://tide.example/k", token_endpoint_auth_method: "private_key_jwt" };
const key = (jkt: string, more: Partial<ParsedKey> = {}): ParsedKey => ({
  index: 0,
  publicJwk: { kty: "OKP", crv: "Ed25519", x: jkt, use: "sig" },
  privateMembers: [],
  kty: "OKP",
  use: "sig",
  jkt,
  ...more,
});

type Copy = readonly [members: Record<string, unknown>, ...keys: ParsedKey[]];

function partsBetween(before: Copy, after: Copy, except: readonly Exclusion[] = []) {
  const [was, is] = [before, after].map(([more, ...keys]) => {
    const members = { ...base, ...more };
    return {
      documentText: JSON.stringify(members),
      metadata: applyDefaults(members),
      keys: keys.map((each, index) => ({ ...each, index })),
      keySetSource: keys.length > 0 ? "https://tide.example/k" : null,
    };
  });
  if (!was || !is) throw new Error("two copies");
  const changes = compareSnapshots({ clientId, before: was, after: is, except });
  const approved = approvedFacts({ members: membersOf(was.metadata), keys: was.keys }, except);
  return { parts: partsOf(changes, approved, is), approved };
}

const told = ({ parts }: ReturnType<typeof partsBetween>) =>
  parts.map(
    ({ effect, severity, member, value }) =>
      `${effect} ${severity} ${member}${value === undefined ? "" : `=${value}`}`,
  );

describe("partsOf", () => {
  test.each<[string, Copy, Copy, string[]]>([
    ["nothing", [{}], [{}], []],
    ["another order", [{ scope: "a b" }], [{ scope: "b a" }], ["neutral low document"]],
    [
      "callbacks gained and lost",
      [{}],
      [{ redirect_uris: ["https://tide.example/bot", "https://relay.test/x"] }],
      [
        "growth critical redirect_uris=https://relay.test/x",
        "shrinkage high redirect_uris=https://tide.example/cb",
        "growth medium redirect_uris=https://tide.example/bot",
      ],
    ],
    [
      "another port of a loopback callback",
      [{ redirect_uris: ["http://127.0.0.1:1/cb"] }],
      [{ redirect_uris: ["http://127.0.0.1:2/cb"] }],
      ["neutral low redirect_uris=http://127.0.0.1:2/cb", "neutral low redirect_uris=http://127.0.0.1:1/cb"],
    ],
    [
      "scopes and ways to get tokens",
      [{ scope: "read" }],
      [{ scope: "read write", grant_types: ["authorization_code", "client_credentials"] }],
      ["growth high grant_types=client_credentials", "growth high scope=write"],
    ],
    [
      "a form of answer",
      [{}],
      [{ response_types: ["code", "token id_token"] }],
      ["growth high response_types=token id_token"],
    ],
    ["a name", [{}], [{ client_name: "Tide 2" }], ["growth high client_name"]],
    ["a picture", [{}], [{ logo_uri: "https://tide.example/l" }], ["growth medium logo_uri"]],
    [
      "a protection less",
      [{ dpop_bound_access_tokens: true }],
      [{}],
      ["growth medium dpop_bound_access_tokens"],
    ],
    [
      "a protection more",
      [{}],
      [{ dpop_bound_access_tokens: true }],
      ["shrinkage low dpop_bound_access_tokens"],
    ],
    ["an unknown member", [{}], [{ x: 1 }], ["neutral medium x"]],
    ["a key more", [signing, key("k1")], [signing, key("k1"), key("k2")], ["growth low keys=k2"]],
    [
      "every key replaced",
      [signing, key("k1")],
      [signing, key("k2")],
      ["growth high keys=k2", "shrinkage high keys=k1"],
    ],
    [
      "a key that now signs",
      [signing, key("k1"), key("k2", { use: "enc" })],
      [signing, key("k1"), key("k2")],
      ["growth high keys=k2"],
    ],
    [
      "keys from elsewhere",
      [signing, key("k1")],
      [{ ...signing, jwks_uri: "https://relay.test/k" }, key("k1")],
      ["growth critical jwks_uri"],
    ],
    [
      "no authentication any more",
      [signing, key("k1")],
      [{ ...signing, token_endpoint_auth_method: "none" }, key("k1")],
      [
        "growth critical token_endpoint_auth_methods_supported=none",
        "growth critical token_endpoint_auth_method",
        "shrinkage info token_endpoint_auth_methods_supported=private_key_jwt",
      ],
    ],
    [
      "a better way to authenticate",
      [{}],
      [signing, key("k1")],
      [
        "neutral medium token_endpoint_auth_method",
        "growth low keys=k1",
        "neutral info token_endpoint_auth_methods_supported=private_key_jwt",
        "shrinkage info token_endpoint_auth_methods_supported=none",
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told(partsBetween(before, after))).toEqual(expected);
  });

  test("what was left out before is growth again", () => {
    const redirect_uris = ["https://tide.example/cb", "https://relay.test/x"];
    const except = [{ member: "redirect_uris", value: "https://relay.test/x" }] as const;
    expect(told(partsBetween([{ redirect_uris }], [{ redirect_uris }], except))).toEqual([
      "growth critical redirect_uris=https://relay.test/x",
    ]);
  });

  test("a part has the same short id wherever it is worked out", () => {
    const after: Copy = [{ scope: "write" }];
    const [once] = partsBetween([{}], after).parts;
    const [again] = partsBetween([{ scope: "" }], after).parts;
    expect(once?.id).toBe(again?.id);
    expect(once?.id).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe("selectParts", () => {
  const change = () =>
    partsBetween(
      [{ logo_uri: "https://tide.example/old.svg" }],
      [
        {
          redirect_uris: [...base.redirect_uris, "https://relay.test/x"],
          logo_uri: "https://tide.example/new.svg",
          scope: "read",
          x: 1,
        },
      ],
    );

  test("what is left out is remembered with what was approved, whatever the caller says it was", () => {
    const { parts, approved } = change();
    const forged = { member: "logo_uri", before: "https://relay.test/mine.svg" };
    const chosen = selectParts(parts, approved, [
      forged,
      { member: "redirect_uris", value: "https://relay.test/x" },
    ]);
    expect(chosen.exclusions).toEqual([
      { member: "redirect_uris", value: "https://relay.test/x" },
      { member: "logo_uri", before: "https://tide.example/old.svg" },
    ]);
    expect(chosen.accepted.map(({ label }) => label)).toEqual(["scope read"]);
    expect(chosen.unknown).toEqual([]);
  });

  test.each([
    ["nothing", []],
    ["a callback that is not new", [{ member: "redirect_uris", value: "https://tide.example/cb" }]],
    ["one nobody published", [{ member: "redirect_uris", value: "https://else.test/" }]],
    ["a whole set", [{ member: "redirect_uris" }]],
    ["a member that gives nothing away", [{ member: "x" }]],
    ["a value of a member that is no set", [{ member: "logo_uri", value: "https://tide.example/new.svg" }]],
  ])("only growth can be left out: %s", (_, without) => {
    const { parts, approved } = change();
    const chosen = selectParts(parts, approved, without);
    expect(chosen.unknown).toEqual(without);
    expect(chosen.exclusions).toEqual([]);
    expect(chosen.accepted).toEqual(growthOf(parts));
  });

  test("an approval that accepts nothing new is none, but what was left out before may stay out", () => {
    const { parts, approved } = change();
    const all = [
      { member: "redirect_uris", value: "https://relay.test/x" },
      { member: "logo_uri" },
      { member: "scope", value: "read" },
    ];
    const some = selectParts(parts, approved, all.slice(0, 2));
    const none = selectParts(parts, approved, all);
    expect(acceptsNothing(some, [])).toBe(false);
    expect(acceptsNothing(none, [])).toBe(true);
    expect(acceptsNothing(none, all.slice(1))).toBe(true);
    expect(acceptsNothing(none, all)).toBe(false);
    expect(acceptsNothing(selectParts([], approved, []), [])).toBe(false);
  });

  test("a method and its place in the list go together", () => {
    const { parts, approved } = partsBetween(
      [signing, key("k1")],
      [{ ...signing, token_endpoint_auth_method: "none" }, key("k1")],
    );
    expect(selectParts(parts, approved, [{ member: "token_endpoint_auth_method" }])).toMatchObject({
      exclusions: [
        { member: "token_endpoint_auth_methods_supported", value: "none" },
        { member: "token_endpoint_auth_method", before: "private_key_jwt" },
      ],
      accepted: [],
    });
  });

  test("a member that was not there stays away", () => {
    expect(toExclusion({ member: "logo_uri" }, { metadata: applyDefaults(base) })).toEqual({
      member: "logo_uri",
    });
  });
});

test.each([
  [[], [], true],
  [[{ member: "a" }], [{ member: "a", before: 1 }], true],
  [[{ member: "a" }, { member: "b", value: "1" }], [{ member: "b", value: "1" }, { member: "a" }], true],
  [[{ member: "a" }], [], false],
  [[{ member: "b", value: "1" }], [{ member: "b", value: "2" }], false],
  [
    [{ member: "b", value: "1" }],
    [
      { member: "b", value: "1" },
      { member: "b", value: "2" },
    ],
    false,
  ],
] as const)("sameSelection %#", (a, b, same) => {
  expect(sameSelection(a, b)).toBe(same);
  expect(sameSelection(b, a)).toBe(same);
});
