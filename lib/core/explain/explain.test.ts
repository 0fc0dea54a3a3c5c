import { describe, expect, it } from "vitest";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import { countRedirects } from "./countRedirects.ts";
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
