import { expect, it } from "vitest";
import { lockFaults } from "./lockFaults.ts";

const integrity = "sha512-x";
const lock = (packages: object) => JSON.stringify({ packages });

it.each([
  ["a complete lock", { "": {}, "node_modules/a": { integrity } }, []],
  ["a workspace link", { "": {}, "node_modules/w": { resolved: "lib/w", link: true }, "lib/w": {} }, []],
  ["a bundled package", { "node_modules/a/node_modules/b": { inBundle: true } }, []],
  ["no integrity", { "node_modules/a": {} }, ["node_modules/a has no integrity"]],
  [
    "a host",
    { "node_modules/a": { integrity, resolved: "https://registry.example/a.tgz" } },
    ["node_modules/a names the host it came from"],
  ],
  [
    "a missing platform package",
    {
      "node_modules/a": { integrity, optionalDependencies: { "a-linux": "1", "a-darwin": "1" } },
      "node_modules/a-linux": { integrity },
    },
    ["node_modules/a lacks its optional package a-darwin"],
  ],
  [
    "a platform package further up",
    {
      "node_modules/a/node_modules/b": { integrity, optionalDependencies: { "b-linux": "1" } },
      "node_modules/b-linux": { integrity },
    },
    [],
  ],
])("%s", (_what, packages, faults) => {
  expect(lockFaults(lock(packages))).toEqual(faults);
});
