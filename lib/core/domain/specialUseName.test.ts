import { expect, test } from "vitest";
import { specialUseName } from "./specialUseName.ts";

const cases: [string, string | undefined][] = [
  ["app.acme.com", undefined],
  ["app.example.com", undefined],
  ["1.acme.com", undefined],
  ["localhost.acme.com", undefined],
  ["10.0.0.5", "IP address"],
  ["8.8.8.8", "IP address"],
  ["0x7f.1", "IP address"],
  ["[::1]", "IP address"],
  ["localhost", "this computer"],
  ["app.localhost.", "this computer"],
  ["LOCALHOST", "this computer"],
  ["printer.local", "local network"],
  ["a.internal", "private networks"],
  ["a.test", "testing"],
  ["a.example", "documentation"],
  ["x.onion", "Tor"],
  ["nas.home.arpa", "infrastructure"],
  ["wiki", "single label"],
];

test.each(cases)("%s → %s", (host, words) => {
  if (words === undefined) expect(specialUseName(host)).toBeUndefined();
  else expect(specialUseName(host)).toContain(words);
});
