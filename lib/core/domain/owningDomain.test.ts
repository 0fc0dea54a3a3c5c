import { expect, test } from "vitest";
import { owningDomain } from "./owningDomain.ts";

const cases: [string, string | undefined, string, boolean, boolean][] = [
  ["app.acme.com", "acme.com", "com", false, false],
  ["App.Acme.COM.", "acme.com", "com", false, false],
  ["a.b.acme.co.uk", "acme.co.uk", "co.uk", false, false],
  ["neroil.github.io", "neroil.github.io", "github.io", true, false],
  ["a.neroil.github.io", "neroil.github.io", "github.io", true, false],
  ["x.pages.dev", "x.pages.dev", "pages.dev", true, false],
  ["raw.githubusercontent.com", "raw.githubusercontent.com", "githubusercontent.com", true, false],
  ["x.loca.lt", "x.loca.lt", "lt", true, true],
  ["a.x.loca.lt", "x.loca.lt", "lt", true, true],
  ["abc.ngrok-free.app", "abc.ngrok-free.app", "ngrok-free.app", true, true],
  ["unpkg.com", "unpkg.com", "com", true, false],
  ["docs.unpkg.com", "unpkg.com", "com", false, false],
];

test.each(cases)("%s", (host, registrableDomain, publicSuffix, isShared, isTunnel) => {
  expect(owningDomain(host)).toMatchObject({
    registrableDomain,
    publicSuffix,
    isShared,
    isTunnel,
    isPublic: true,
  });
});

test("names without a registrable part fall back to the host", () => {
  expect(owningDomain("10.0.0.5")).toMatchObject({
    registrableDomain: undefined,
    label: "10.0.0.5",
    isPublic: false,
  });
  expect(owningDomain("github.io")).toMatchObject({
    registrableDomain: undefined,
    label: "github.io",
    isShared: true,
  });
  expect(owningDomain("foo.bar.nonexistent")).toMatchObject({ isPublic: false });
});
