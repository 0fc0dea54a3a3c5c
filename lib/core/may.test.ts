import { expect, test } from "vitest";
import type { Actor } from "./Actor.ts";
import { may, requirePermission, type Permission } from "./may.ts";

const person = (role: "member" | "reviewer" | "admin" | "auditor"): Actor => ({
  kind: "person",
  id: "p",
  name: "P",
  email: "p@example.com",
  role,
  teamIds: [],
});
const token = (role: "consumer" | "ci" | "reader" | "operator"): Actor => ({
  kind: "token",
  id: "t",
  name: "T",
  role,
  audienceId: null,
});
const all: Permission[] = [
  "read",
  "register",
  "review",
  "shrink",
  "administer",
  "manage_audiences",
  "read_channels",
];

test.each<[string, Actor, string]>([
  ["member", person("member"), "read register"],
  ["reviewer", person("reviewer"), "read register review shrink"],
  ["admin", person("admin"), "read register review shrink administer manage_audiences read_channels"],
  ["auditor", person("auditor"), "read read_channels"],
  ["consumer token", token("consumer"), ""],
  ["reader token", token("reader"), "read"],
  ["ci token", token("ci"), "read register"],
  ["operator token", token("operator"), "read register shrink manage_audiences read_channels"],
  ["system", { kind: "system", name: "Rollcall" }, all.join(" ")],
])("a %s may exactly this", (_, actor, allowed) => {
  expect(all.filter((permission) => may(actor, permission)).join(" ")).toBe(allowed);
});

test("no token ever reviews or administers", () => {
  for (const role of ["consumer", "ci", "reader", "operator"] as const)
    for (const permission of ["review", "administer"] as const)
      expect(may(token(role), permission)).toBe(false);
});

test("a role that nobody defined may nothing", () => {
  const odd = { ...person("member"), role: "owner" } as unknown as Actor;
  expect(all.filter((permission) => may(odd, permission))).toEqual([]);
});

test("the refusal says what the role may not, and whom to ask", () => {
  expect(() => requirePermission(person("auditor"), "register")).toThrow(
    "Your role (auditor) may not register clients. Ask an administrator.",
  );
});
