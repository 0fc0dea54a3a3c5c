import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { attacks, playAttack } from "./testing/attackTable.ts";

describe.each([...new Set(attacks.map(({ row }) => row))])("%s", (row) => {
  it.each(attacks.filter((each) => each.row === row).map((each) => [each.attack, each] as const))(
    "%s",
    async (_, attack) => {
      expect((await playAttack(attack)).got).toBe(attack.expected);
    },
  );
});

it("every situation of docs/allowlist.md §6 is attacked", () => {
  const page = readFileSync(new URL("../../docs/allowlist.md", import.meta.url), "utf8");
  const table = /\n## 6\. [^]*?\n\n(\|[^]*?)\n\n/.exec(page)?.[1] ?? "";
  const situations = table
    .split("\n")
    .slice(2)
    .map((line) => line.split("|")[1]?.trim());
  expect(situations).toEqual([...new Set(attacks.map(({ row }) => row))]);
});
