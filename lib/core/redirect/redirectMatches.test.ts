import fc from "fast-check";
import { expect, test } from "vitest";
import { redirectMatches } from "./redirectMatches.ts";

const cases: [string, string, boolean][] = [
  ["https://a.example/cb", "https://a.example/cb", true],
  ["https://a.example/cb?x=1", "https://a.example/cb?x=1", true],
  ["com.example.app:/cb", "com.example.app:/cb", true],
  ["https://a.example/cb", "https://a.example/cb/", false],
  ["https://a.example/cb", "https://A.example/cb", false],
  ["https://a.example/cb", "https://a.example:443/cb", false],
  ["https://a.example/cb", "https://a.example/x/../cb", false],
  ["https://a.example/cb", "https://a.example/%63b", false],
  ["https://a.example/cb", "https://a.example/cb?x=1", false],
  ["https://a.example/cb", "https://a.example/cb#x", false],
  ["https://a.example/cb#x", "https://a.example/cb#x", false],
  ["https://a.example/cb", "https://u@a.example/cb", false],
  ["https://u@a.example/cb", "https://u@a.example/cb", false],
  ["https://a.example/cb", "https://a.example.evil.com/cb", false],
  ["https://*.a.example/cb", "https://x.a.example/cb", false],
  ["https://a.example:99999/cb", "https://a.example:99999/cb", false],
  ["https://a.example:/cb", "https://a.example:/cb", false],
  ["/cb", "/cb", false],
  ["", "", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:51234/cb", true],
  ["http://127.0.0.1:3000/cb", "http://127.0.0.1:51234/cb", true],
  ["http://127.0.0.1:3000/cb", "http://127.0.0.1/cb", true],
  ["http://localhost/cb", "http://localhost:1/cb", true],
  ["http://[::1]/cb", "http://[::1]:65535/cb", true],
  ["http://localhost/cb?x=1", "http://localhost:8080/cb?x=1", true],
  ["http://127.0.0.1", "http://127.0.0.1:8080", true],
  ["http://127.0.0.1", "http://127.0.0.1:8080/", false],
  ["http://localhost/cb", "http://127.0.0.1:8080/cb", false],
  ["http://127.0.0.1/cb", "http://[::1]:8080/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.2:8080/cb", false],
  ["http://127.0.0.1/cb", "http://127.1:8080/cb", false],
  ["http://127.0.0.1/cb", "http://2130706433:8080/cb", false],
  ["http://127.0.0.1/cb", "http://0x7f000001:8080/cb", false],
  ["http://[::1]/cb", "http://[0:0:0:0:0:0:0:1]:8080/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:99999/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:0/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:080/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:+80/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1.evil.example:80/cb", false],
  ["http://127.0.0.1/cb", "https://127.0.0.1:8080/cb", false],
  ["https://localhost/cb", "https://localhost:8080/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:8080/cb#", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:8080/./cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:8080/%63b", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:8080/CB", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:8080\\cb", false],
  ["http://127.0.0.1/cb", "HTTP://127.0.0.1:8080/cb", false],
  ["http://localhost/cb", "http://LOCALHOST:8080/cb", false],
  ["http://localhost/cb", "http://localhost.:8080/cb", false],
  ["http://127.0.0.1/cb", "http://127.0.0.1:8080/cb\n", false],
  ["http://127.0.0.1/cb", " http://127.0.0.1:8080/cb", false],
];

test.each(cases)("%s ~ %s → %s", (registered, requested, match) => {
  expect(redirectMatches(registered, requested).match).toBe(match);
});

test("whatever matches is the same string once a loopback port is taken out", () => {
  const uri = fc.constantFrom(...new Set(cases.flatMap(([a, b]) => [a, b])));
  const bare = (text: string) =>
    text.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)):\d+(?=[/?]|$)/, "$1");
  fc.assert(
    fc.property(uri, uri, (a, b) => {
      if (redirectMatches(a, b).match) expect(bare(a)).toBe(bare(b));
    }),
  );
});
