import { expect, test } from "vitest";
import type { Role } from "../role.ts";
import { type Party, twoAgree } from "./twoAgree.ts";

const party = (id: string, role: Role, active = true): Party => ({ id, role, active });

test.each<[string, Party | undefined, Party | undefined, boolean]>([
  ["an owner and a reviewer", party("a", "member"), party("b", "reviewer"), true],
  ["a reviewer and an administrator", party("a", "reviewer"), party("b", "admin"), true],
  ["an owner and an administrator", party("a", "member"), party("b", "admin"), false],
  ["two administrators", party("a", "admin"), party("b", "admin"), false],
  ["a reviewer and an owner", party("a", "reviewer"), party("b", "member"), false],
  ["one person", party("a", "reviewer"), party("a", "reviewer"), false],
  ["somebody who left", party("a", "member", false), party("b", "reviewer"), false],
  ["a reviewer who left", party("a", "member"), party("b", "reviewer", false), false],
  ["an auditor", party("a", "auditor"), party("b", "reviewer"), false],
  ["nobody", undefined, party("b", "reviewer"), false],
  ["nobody else", party("a", "reviewer"), undefined, false],
])("%s", (_, first, second, agree) => {
  expect(twoAgree(first, second)).toBe(agree);
});
