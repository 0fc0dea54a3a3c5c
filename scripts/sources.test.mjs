import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashSources, whenStale } from "./sources.mjs";

let house;
beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "rollcall-sources-"));
  mkdirSync(join(house, "lib"));
  writeFileSync(join(house, "lib/a.ts"), "1");
});
afterEach(() => rmSync(house, { recursive: true, force: true }));

const lib = () => [join(house, "lib")];

it("changes with a file's content and with its name, not with its tests", () => {
  const before = hashSources(lib());
  writeFileSync(join(house, "lib/a.test.ts"), "1");
  expect(hashSources(lib())).toBe(before);
  writeFileSync(join(house, "lib/b.ts"), "");
  const renamed = hashSources(lib());
  expect(renamed).not.toBe(before);
  writeFileSync(join(house, "lib/a.ts"), "2");
  expect(hashSources(lib())).not.toBe(renamed);
});

it("makes once, again after a change, and again after a make that failed", async () => {
  const stamp = join(house, "out", "stamp");
  let made = 0;
  const make = async () => void (made += 1);
  await whenStale(stamp, lib(), make);
  await whenStale(stamp, lib(), make);
  expect(made).toBe(1);
  writeFileSync(join(house, "lib/a.ts"), "2");
  await expect(whenStale(stamp, lib(), () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  await whenStale(stamp, lib(), make);
  expect(made).toBe(2);
  expect(readFileSync(stamp, "utf8")).toBe(hashSources(lib()));
});
