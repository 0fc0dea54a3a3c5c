import { expect, test } from "vitest";
import { splitUri } from "./splitUri.ts";

const cases: [string, Partial<ReturnType<typeof splitUri>> | undefined][] = [
  ["https://a.example/c?x#y", { scheme: "https", host: "a.example", path: "/c", query: "x", fragment: "y" }],
  ["https://a.example", { host: "a.example", path: "" }],
  ["https://a.example/c#", { fragment: "" }],
  ["https://u:p@a.example:8443/c", { userinfo: "u:p", host: "a.example", port: "8443" }],
  ["https://a@b@c.example/", { userinfo: "a@b", host: "c.example" }],
  ["http://[::1]:8080/cb", { host: "[::1]", port: "8080" }],
  ["http://[::1]/cb", { host: "[::1]", port: undefined }],
  ["https://a.example:/c", { port: "" }],
  ["com.example.app:/cb", { scheme: "com.example.app", path: "/cb" }],
  ["/c", undefined],
  ["", undefined],
];

test.each(cases)("%s", (raw, parts) => {
  if (parts === undefined) expect(splitUri(raw)).toBeUndefined();
  else expect(splitUri(raw)).toMatchObject(parts);
});
