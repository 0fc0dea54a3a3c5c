import { describe, expect, test } from "vitest";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { approvedFacts } from "./approvedFacts.ts";
import type { Exclusion } from "./Exclusion.ts";

const members = {
  client_id: "https://a.example/c",
  client_name: "New name",
  redirect_uris: ["https://a.example/cb", "https://b.example/cb"],
  scope: "read write",
  logo_uri: "https://a.example/new.svg",
};
const keys = [{ jkt: "k1" }, { jkt: "k2" }, {}] as ParsedKey[];

describe("approvedFacts", () => {
  test.each<[string, Exclusion[], object]>([
    ["nothing left out", [], members],
    [
      "a redirect",
      [{ member: "redirect_uris", value: "https://b.example/cb" }],
      { ...members, redirect_uris: ["https://a.example/cb"] },
    ],
    ["a scope", [{ member: "scope", value: "write" }], { ...members, scope: "read" }],
    [
      "another name",
      [{ member: "client_name", before: "Old name" }],
      { ...members, client_name: "Old name" },
    ],
    ["a value it has not", [{ member: "redirect_uris", value: "https://c.example/" }], members],
  ])("%s", (_, except, left) => {
    expect(approvedFacts({ members, keys }, except).members).toEqual(left);
  });

  test("a member that was not there before stays away", () => {
    const facts = approvedFacts({ members, keys }, [{ member: "logo_uri" }]);
    expect(facts.members).not.toHaveProperty("logo_uri");
    expect(facts.metadata.logo_uri).toBeUndefined();
  });

  test("a key is left out by its thumbprint", () => {
    const facts = approvedFacts({ members, keys }, [{ member: "keys", value: "k2" }]);
    expect(facts.keys).toEqual([{ jkt: "k1" }, {}]);
    // Not an order of key set members.
    expect(facts.metadata).toMatchObject({ redirect_uris: members.redirect_uris });
  });
});
