import { expect, it } from "vitest";
import { readGrants } from "./readGrants.ts";

it("gathers the scopes of each resource", () => {
  const form = new FormData();
  for (const value of ["https://a read", "https://b", "https://a write"]) form.append("grant", value);
  expect(readGrants(form)).toEqual([
    { resource: "https://a", scopes: ["read", "write"] },
    { resource: "https://b", scopes: [] },
  ]);
  expect(readGrants(new FormData())).toEqual([]);
});
