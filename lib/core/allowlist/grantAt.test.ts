import { expect, test } from "vitest";
import { grantAt } from "./grantAt.ts";

const uri = "https://mcp.example.com/tickets";
const home = { createdAt: 10, scopes: ["read", "write", "late"], scopesSince: { late: 30 } };

test.each<[string, readonly string[], number, readonly string[] | undefined]>([
  ["scopes it had from the start", ["read", "write"], 20, ["read", "write"]],
  ["a scope that came later", ["read", "late"], 20, ["read"]],
  ["nothing but a scope that came later", ["late"], 20, undefined],
  ["a scope that was there when it was approved", ["late"], 30, ["late"]],
  ["a scope it has not", ["read", "delete"], 40, ["read"]],
  ["a scope named like a member of every object", ["constructor"], 40, undefined],
  ["no scope at all", [], 20, []],
  ["a resource that came later", ["read"], 9, undefined],
])("%s", (_, scopes, approvedAt, left) => {
  const grants = grantAt(home, { resource: uri, scopes: [...scopes] }, approvedAt);
  expect(grants).toEqual(left === undefined ? [] : [{ resource: uri, scopes: left }]);
});

test("a resource that the audience does not have", () => {
  expect(grantAt(undefined, { resource: uri, scopes: ["read"] }, 20)).toEqual([]);
});
