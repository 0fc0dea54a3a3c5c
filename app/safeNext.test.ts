import { describe, expect, it } from "vitest";
import { safeNext } from "./safeNext.ts";

describe("safeNext", () => {
  it.each(["/", "/journal?q=a%20b", "/clients/1#x"])("keeps %s", (path) => expect(safeNext(path)).toBe(path));

  it.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "",
    undefined,
    ["/a"],
  ])("refuses %j", (path) => expect(safeNext(path)).toBe("/"));
});
