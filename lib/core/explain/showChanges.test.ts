import { describe, expect, test } from "vitest";
import { compareSnapshots } from "#lib/core/drift/compareSnapshots.ts";
import { applyDefaults } from "#lib/core/document/applyDefaults.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { showChanges } from "./showChanges.ts";

const clientId = "https://app.tide.dev/c";
const base = { client_id: clientId, redirect_uris: ["https://app.tide.dev/cb", "http://127.0.0.1:1/cb"] };
const key = (jkt: string, index: number) =>
  ({
    index,
    publicJwk: { kty: "OKP", x: jkt },
    privateMembers: [],
    jkt,
    kty: "OKP",
    kid: `kid-${jkt}`,
  }) as ParsedKey;

function shown(before: object, after: object, acts = true, keys: readonly [string[], string[]] = [[], []]) {
  const [was, is] = [before, after].map((more, side) => {
    const members = { ...base, ...more };
    return {
      documentText: JSON.stringify(members),
      metadata: applyDefaults(members),
      keys: keys[side === 0 ? 0 : 1].map(key),
      keySetSource: keys[0].length > 0 ? "https://app.tide.dev/k" : null,
    };
  });
  if (!was || !is) throw new Error("two copies");
  const changes = compareSnapshots({ clientId, before: was, after: is });
  return showChanges({ clientId, changes, before: was, after: is, acts });
}

const lines = (changes: ReturnType<typeof shown>, member: string) =>
  changes
    .find((each) => each.member === member)
    ?.lines.map(({ kind, text, note, grave }) =>
      [{ same: " ", added: "+", removed: "-" }[kind], text, note && `| ${note}${grave ? "!" : ""}`]
        .filter(Boolean)
        .join(" "),
    );

describe("showChanges", () => {
  test("nothing changed", () => expect(shown({}, {})).toEqual([]));

  test("one row for a member, headed by the most serious rule, with every line and where it leads", () => {
    const redirect_uris = ["http://127.0.0.1:1/cb", "https://app.tide.dev/bot", "https://relay.test/x"];
    const [row, ...more] = shown({}, { redirect_uris });
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      member: "redirect_uris",
      severity: "critical",
      effect: "growth",
      title: 'Sign-in codes could now go to a different organisation, "relay.test"',
      rule: "drift.redirect-added-new-site",
      others: [{ rule: "drift.redirect-added-same-host" }, { rule: "drift.redirect-removed" }],
    });
    expect(row?.why).toContain("nobody has decided to trust it");
    expect(row?.clause).toContain("RFC 9700");
    expect(lines(shown({}, { redirect_uris }), "redirect_uris")).toEqual([
      "  http://127.0.0.1:1/cb | this computer, any port",
      "- https://app.tide.dev/cb | left the allowlist at once",
      "+ https://app.tide.dev/bot | same host",
      "+ https://relay.test/x | another organisation!",
    ]);
  });

  test("two copies that are only compared have no consequences", () => {
    expect(lines(shown({ scope: "a b" }, { scope: "b c" }, false), "scope")).toEqual(["  b", "- a", "+ c"]);
    expect(lines(shown({ scope: "a b" }, { scope: "b c" }), "scope")).toEqual([
      "  b",
      "- a | left the allowlist at once",
      "+ c | waits for approval",
    ]);
  });

  test.each([
    ["client_name", {}, { client_name: "Tide" }, ["+ Tide | waits for approval"]],
    ["software_version", { software_version: "1" }, { software_version: "2" }, ["- 1", "+ 2"]],
    ["x", { x: { a: [1] } }, {}, ['- {"a":[1]}']],
    ["client_name", {}, { client_name: "Ti\u202ede" }, ["+ Ti\\u202Ede | waits for approval"]],
    ["document", { scope: "a b" }, { scope: "b a" }, []],
  ])("lines of %s %#", (member, before, after, expected) => {
    expect(lines(shown(before, after), member)).toEqual(expected);
  });

  test.each([
    [{}, { logo_uri: "https://app.tide.dev/brand/icon.svg" }, "Logo changed"],
    [
      { logo_uri: "https://app.tide.dev/brand/icon.svg" },
      { logo_uri: "https://cdn.tide-static.net/icon.svg" },
      "Logo changed. It comes from another host",
    ],
    [{}, { client_name: "Tide" }, 'People now see the name "Tide"'],
    [{ scope: "a" }, { scope: "a b" }, 'The client may now ask for "b"'],
    [
      {},
      { redirect_uris: [...base.redirect_uris, "https://app.tide.dev/another/callback"] },
      "Callback added on a host already in use",
    ],
  ])("headings leave out what the lines show %#", (before, after, title) => {
    expect(shown(before, after)[0]?.title).toBe(title);
  });

  test("keys by name and thumbprint", () => {
    const signing = { jwks_uri: "https://app.tide.dev/k", token_endpoint_auth_method: "private_key_jwt" };
    const changes = shown(signing, signing, true, [["k1"], ["k1", "k2"]]);
    expect(lines(changes, "keys")).toEqual([
      "  kid-k1 · OKP · k1",
      "+ kid-k2 · OKP · k2 | waits for approval",
    ]);
  });
});
