import { describe, expect, it } from "vitest";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { countRedirects } from "./countRedirects.ts";
import { describeDifferences } from "./describeDifferences.ts";
import { explainDocument } from "./explainDocument.ts";
import type { ExplainedRedirect } from "./ExplainedRedirect.ts";

const base: EffectiveMetadata = {
  client_id: "https://app.example/c",
  client_name: "App",
  contacts: [],
  redirect_uris: [],
  grant_types: ["authorization_code"],
  response_types: ["code"],
  application_type: "web",
  scope: [],
  token_endpoint_auth_method: "none",
  token_endpoint_auth_methods_supported: [],
  other: {},
};
const redirect = (uri: string, kind: string): ExplainedRedirect => ({
  uri,
  class: kind,
  match: "exact",
  words: kind,
});
const own = redirect("https://app.example/cb", "same_host");
const far = redirect("https://relay.example/cb", "other_site");
const local = redirect("http://127.0.0.1/cb", "loopback");
const key = (jkt: string): ParsedKey => ({ index: 0, publicJwk: {}, privateMembers: [], jkt });

describe("countRedirects", () => {
  it.each([
    [[], "none"],
    [[own], "1 same host"],
    [[own, far, far], "1 same host, 2 other site"],
    [[local, own], "1 this computer, 1 same host"],
  ])("%#", (redirects, words) => expect(countRedirects(redirects)).toBe(words));
});

describe("explainDocument", () => {
  const say = (part: Partial<EffectiveMetadata>, redirects: ExplainedRedirect[] = [own], usableKeys = 0) =>
    explainDocument({ ...base, ...part }, { host: "app.example", redirects, usableKeys });
  const sentences = (...of: Parameters<typeof say>) =>
    say(...of)
      .map((meaning) => meaning.sentence)
      .join("\n");

  it("says that only the origin is proved", () => {
    expect(sentences({})).toContain("Proved is only that whoever runs app.example publishes this document");
    expect(sentences({ client_name: undefined })).toContain("no name");
  });

  it("shows invisible characters of a name", () => {
    expect(sentences({ client_name: "Cl\u202Eaude" })).toContain("Cl\\u202Eaude");
  });

  it.each([
    [[own], "codes go to one address on its own host."],
    [[own, far], "another organisation's site (relay.example)"],
    [[local, local], "2 addresses on the person's own computer"],
    [[], "names no redirect URI, so no sign-in can end"],
  ])("says where codes go %#", (redirects, words) => expect(sentences({}, redirects)).toContain(words));

  it("stops a reviewer at what leaves the organisation only", () => {
    expect(say({}, [own]).find((meaning) => meaning.topic === "codes")?.tone).toBe("plain");
    expect(say({}, [far]).find((meaning) => meaning.topic === "codes")?.tone).toBe("careful");
  });

  it.each([
    [{ token_endpoint_auth_method: "none" }, 0, "does not authenticate itself"],
    [{ token_endpoint_auth_method: "private_key_jwt" }, 2, "publishes 2 public keys inside the document"],
    [{ token_endpoint_auth_method: "private_key_jwt" }, 0, "no usable public key was found"],
    [{ grant_types: ["client_credentials"] }, 0, "with no person present"],
    [{ grant_types: ["implicit"] }, 0, "RFC 9700 forbids"],
    [{ scope: ["a", "b"] }, 0, "may ask for a, b."],
  ])("says how it acts %#", (part, keys, words) => expect(sentences(part, [own], keys)).toContain(words));
});

describe("describeDifferences", () => {
  const at = (
    part: Partial<EffectiveMetadata> = {},
    redirects: ExplainedRedirect[] = [own],
    keys: string[] = [],
  ) => ({
    metadata: { ...base, ...part },
    redirects,
    keys: keys.map(key),
  });

  it("finds nothing between equals, in any order of arrays", () => {
    expect(describeDifferences(at({ scope: ["a", "b"] }), at({ scope: ["b", "a"] }))).toEqual([]);
  });

  it.each([
    ["redirect_uris", "critical", at(), at({}, [own, far])],
    ["redirect_uris", "high", at(), at({}, [own, local])],
    ["redirect_uris", "low", at({}, [own, far]), at({}, [own])],
    ["token_endpoint_auth_method", "critical", at({ token_endpoint_auth_method: "private_key_jwt" }), at()],
    ["token_endpoint_auth_method", "medium", at(), at({ token_endpoint_auth_method: "private_key_jwt" })],
    ["jwks", "high", at({}, [own], ["a"]), at({}, [own], ["b"])],
    ["jwks", "low", at({}, [own], ["a"]), at({}, [own], ["a", "b"])],
    ["scope", "high", at({ scope: ["a"] }), at({ scope: ["a", "b"] })],
    ["scope", "low", at({ scope: ["a", "b"] }), at({ scope: ["a"] })],
    ["client_name", "high", at(), at({ client_name: "Other" })],
    ["software_version", "info", at({ software_version: "1" }), at({ software_version: "2" })],
    ["x", "medium", at(), at({ other: { x: 1 } })],
  ] as const)("grades %s as %s %#", (field, severity, before, after) => {
    expect(describeDifferences(before, after)).toMatchObject([{ field, severity }]);
  });

  it("puts the most serious first and shows what stays", () => {
    const [first, second] = describeDifferences(
      at({ software_version: "1" }),
      at({ software_version: "2" }, [own, far]),
    );
    expect(first?.lines.map((line) => `${line.sign}${line.text}`)).toEqual([` ${own.uri}`, `+${far.uri}`]);
    expect(second?.sentence).toBe("Its version changed: 1 → 2");
  });
});
