import { describe, expect, it } from "vitest";
import { redirectMatches } from "./redirectMatches.ts";
import type { RedirectEntry } from "./wire.ts";

describe("redirectMatches, exact", () => {
  it.each([
    ["https://app.example/cb", "https://app.example/cb", true],
    ["https://app.example/cb", "https://app.example/cb/", false],
    ["https://app.example/cb", "https://APP.example/cb", false],
    ["https://app.example/cb", "https://app.example:443/cb", false],
    ["https://app.example/cb", "https://app.example/cb?x=1", false],
    ["https://app.example/a%2Fb", "https://app.example/a/b", false],
    ["http://127.0.0.1:33418/", "http://127.0.0.1:33419/", false],
    ["com.example:/cb", "com.example:/cb", true],
  ])("%s for %s: %s", (uri, requested, matches) => {
    expect(redirectMatches({ uri, match: "exact" }, requested)).toBe(matches);
  });
});

describe("redirectMatches, loopback_any_port", () => {
  it.each([
    ["http://127.0.0.1:33418/", "http://127.0.0.1:1/", true],
    ["http://127.0.0.1/", "http://127.0.0.1:65535/", true],
    ["http://127.0.0.1:33418/", "http://127.0.0.1/", true],
    ["http://[::1]/cb?x=1", "http://[::1]:9/cb?x=1", true],
    ["http://localhost:1/cb", "http://localhost:2/cb", true],
    ["http://localhost/cb", "http://127.0.0.1/cb", false],
    ["http://127.0.0.1/cb", "http://[::1]/cb", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1:80/other", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1:80/cb?x=1", false],
    ["http://127.0.0.1/cb", "https://127.0.0.1:80/cb", false],
    ["http://127.0.0.1/", "http://127.0.0.1", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1:0/cb", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1:65536/cb", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1:/cb", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1:8@evil.example/cb", false],
    ["http://127.0.0.1/cb", "http://user@127.0.0.1/cb", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1:8/cb#x", false],
    ["http://127.0.0.1/cb", "http://127.0.0.1:8/cb\n", false],
    ["http://localhost/cb", "http://LOCALHOST/cb", false],
    ["https://app.example/cb", "https://app.example:8/cb", false],
  ])("%s for %s: %s", (uri, requested, matches) => {
    expect(redirectMatches({ uri, match: "loopback_any_port" }, requested)).toBe(matches);
  });
});

it("an unknown match matches nothing", () => {
  const approved = { uri: "https://a.example/", match: "prefix" } as unknown as RedirectEntry;
  expect(redirectMatches(approved, "https://a.example/")).toBe(false);
});
