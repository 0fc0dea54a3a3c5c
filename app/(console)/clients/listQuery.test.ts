import { describe, expect, it } from "vitest";
import { listHref, readListQuery } from "./listQuery.ts";

describe("readListQuery", () => {
  it.each([
    [{}, { q: "", order: { by: "name", descending: false }, page: 1 }],
    [
      { q: "a", sort: "-risk", page: "3" },
      { q: "a", order: { by: "risk", descending: true }, page: 3 },
    ],
    [
      { sort: "password", page: "-1" },
      { q: "", order: { by: "name", descending: false }, page: 1 },
    ],
    [
      { page: "x", sort: ["risk", "name"] },
      { q: "", order: { by: "risk", descending: false }, page: 1 },
    ],
  ])("reads %j", (params, expected) => expect(readListQuery(params)).toEqual(expected));
});

describe("listHref", () => {
  const query = readListQuery({ q: "owner:none", sort: "risk", page: "4" });
  it.each([
    [{ page: 5 }, "/clients?q=owner%3Anone&sort=risk&page=5"],
    [{ by: "risk" }, "/clients?q=owner%3Anone&sort=-risk"],
    [{ by: "name" }, "/clients?q=owner%3Anone"],
    [{ q: "" }, "/clients?sort=risk"],
  ] as const)("changes %j", (change, href) => expect(listHref(query, change)).toBe(href));
});
