import { describe, expect, it } from "vitest";
import { isPattern, matchPattern } from "./matchPattern.ts";

const chat = "https://chat.example/oauth/*/client.json";

describe("isPattern", () => {
  it.each([
    chat,
    "https://chat.example:8443/oauth/*",
    "https://chat.example/a/client.json",
    "https://xn--bcher-kva.example/*/c.json",
    "https://chat.example/*/*/c.json",
  ])("understands %s", (pattern) => expect(isPattern(pattern)).toBe(true));

  it.each([
    ["http", "http://chat.example/oauth/*"],
    ["scheme in capitals", "HTTPS://chat.example/oauth/*"],
    ["star in the host", "https://*.example/oauth/c.json"],
    ["star as host", "https://*/oauth/c.json"],
    ["host in capitals", "https://Chat.example/oauth/*"],
    ["unicode host", "https://bücher.example/oauth/*"],
    ["user", "https://u@chat.example/oauth/*"],
    ["port that is none", "https://chat.example:/oauth/*"],
    ["port with zeros", "https://chat.example:0443/oauth/*"],
    ["only a star", "https://chat.example/*"],
    ["only stars", "https://chat.example/*/*"],
    ["no path", "https://chat.example"],
    ["root", "https://chat.example/"],
    ["part of a segment", "https://chat.example/oauth/a*/c.json"],
    ["two stars in a segment", "https://chat.example/oauth/**/c.json"],
    ["trailing slash", "https://chat.example/oauth/*/"],
    ["double slash", "https://chat.example//oauth/*"],
    ["dots", "https://chat.example/oauth/../*"],
    ["encoded dots", "https://chat.example/oauth/%2e%2e/*"],
    ["query", "https://chat.example/oauth/*?x=1"],
    ["fragment", "https://chat.example/oauth/*#x"],
    ["backslash", "https://chat.example\\oauth\\*"],
    ["white space", "https://chat.example/oauth/* "],
    ["line feed at the end", "https://chat.example/oauth/*\n"],
    ["nothing", ""],
    ["no string", 7],
  ])("not: %s", (_, pattern) => expect(isPattern(pattern)).toBe(false));
});

describe("matchPattern", () => {
  it.each([
    ["https://chat.example/oauth/abc123/client.json"],
    ["https://chat.example/oauth/a.b_c-d~e/client.json"],
    [`https://chat.example/oauth/${"a".repeat(256)}/client.json`],
    ["https://chat.example/oauth/.well-known/client.json"],
  ])("child: %s", (clientId) => expect(matchPattern(chat, clientId)).toBe(true));

  it.each([
    ["empty segment", "https://chat.example/oauth//client.json"],
    ["no segment", "https://chat.example/oauth/client.json"],
    ["two segments", "https://chat.example/oauth/a/b/client.json"],
    ["trailing slash", "https://chat.example/oauth/a/client.json/"],
    ["another end", "https://chat.example/oauth/a/client.jsonx"],
    ["another case", "https://chat.example/OAuth/a/client.json"],
    ["host in capitals", "https://CHAT.example/oauth/a/client.json"],
    ["trailing dot of the host", "https://chat.example./oauth/a/client.json"],
    ["port written out", "https://chat.example:443/oauth/a/client.json"],
    ["another port", "https://chat.example:8443/oauth/a/client.json"],
    ["user", "https://x@chat.example/oauth/a/client.json"],
    ["host as user", "https://chat.example@evil.example/oauth/a/client.json"],
    ["host as a prefix", "https://chat.example.evil.example/oauth/a/client.json"],
    ["subdomain", "https://www.chat.example/oauth/a/client.json"],
    ["http", "http://chat.example/oauth/a/client.json"],
    ["scheme in capitals", "HTTPS://chat.example/oauth/a/client.json"],
    ["query", "https://chat.example/oauth/a/client.json?x"],
    ["query in the star", "https://chat.example/oauth/a?x/client.json"],
    ["fragment in the star", "https://chat.example/oauth/a#x/client.json"],
    ["user after a query", "https://chat.example/oauth/a?@evil.example/client.json"],
    ["encoded slash", "https://chat.example/oauth/a%2fb/client.json"],
    ["encoded slash in capitals", "https://chat.example/oauth/a%2Fb/client.json"],
    ["slash encoded twice", "https://chat.example/oauth/a%252fb/client.json"],
    ["encoded backslash", "https://chat.example/oauth/a%5cb/client.json"],
    ["backslash", "https://chat.example/oauth/a\\b/client.json"],
    ["backslash for the first slash", "https:\\\\chat.example/oauth/a/client.json"],
    ["dot", "https://chat.example/oauth/./client.json"],
    ["two dots", "https://chat.example/oauth/../client.json"],
    ["encoded dots", "https://chat.example/oauth/%2e%2e/client.json"],
    ["half encoded dots", "https://chat.example/oauth/.%2E/client.json"],
    ["dots with a parameter", "https://chat.example/oauth/..;/client.json"],
    ["any other encoding", "https://chat.example/oauth/%61/client.json"],
    ["broken encoding", "https://chat.example/oauth/%zz/client.json"],
    ["a star itself", "https://chat.example/oauth/*/client.json"],
    ["unicode", "https://chat.example/oauth/ä/client.json"],
    ["a slash that only looks like one", "https://chat.example/oauth/a\u2215b/client.json"],
    ["zero width", "https://chat.example/oauth/a\u200b/client.json"],
    ["NUL", "https://chat.example/oauth/a\0/client.json"],
    ["line feed", "https://chat.example/oauth/a\n/client.json"],
    ["line feed at the end", "https://chat.example/oauth/a/client.json\n"],
    ["space before", " https://chat.example/oauth/a/client.json"],
    ["257 characters", `https://chat.example/oauth/${"a".repeat(257)}/client.json`],
    ["nothing", ""],
  ])("not: %s", (_, clientId) => expect(matchPattern(chat, clientId)).toBe(false));

  it("keeps to the port it names, and knows no default", () => {
    const pattern = "https://chat.example:8443/oauth/*";
    expect(matchPattern(pattern, "https://chat.example:8443/oauth/a")).toBe(true);
    expect(matchPattern(pattern, "https://chat.example/oauth/a")).toBe(false);
  });

  it("matches nothing with a pattern that is not understood", () => {
    expect(matchPattern("https://chat.example/*", "https://chat.example/a")).toBe(false);
    expect(matchPattern("https://*/oauth/c.json", "https://*/oauth/c.json")).toBe(false);
  });
});
