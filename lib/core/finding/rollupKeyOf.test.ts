import { expect, test } from "vitest";
import { fingerprintOf } from "./fingerprintOf.ts";
import { rollupKeyOf, sharedValue } from "./rollupKeyOf.ts";

const thumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

test.each([
  ["", ""],
  ["https://elsewhere.example/cb", "https://elsewhere.example/cb"],
  ["https://v.example/t/acme/cb", "https://v.example/{1}/{2}/cb"],
  ["https://v.example/t/acme/client.json", "{client_id}"],
  ["acme", "{2}"],
  ["https://acme.example/cb", "https://acme.example/cb"],
  ["tenant=acme&x=acmesque", "tenant={2}&x=acmesque"],
  [`["/redirect_uris","https://v.example/t/acme/"]`, `["/redirect_uris","https://v.example/{1}/{2}/"]`],
  [thumbprint, "{digest}"],
  [`keys:${thumbprint}`, "keys:{digest}"],
  ["0".repeat(64), "{digest}"],
])("%s at one client is %s at its host", (value, shared) => {
  expect(sharedValue(value, "https://v.example/t/acme/client.json")).toBe(shared);
});

test("a client in a file of its own is known by the file's name", () => {
  expect(sharedValue("https://v.example/cb/a1", "https://v.example/clients/a1.json")).toBe(
    "https://v.example/cb/{2}",
  );
});

test("the same cause at two clients of a host has one key, and its own fingerprint at each", () => {
  const at = (client: string, value: string) => ({
    rule: "drift.redirect-added-same-host",
    host: "v.example",
    clientId: `https://v.example/${client}/c.json`,
    value,
  });
  const one = at("a", "https://v.example/a/cb");
  const other = at("b", "https://v.example/b/cb");
  expect(rollupKeyOf(one)).toBe(rollupKeyOf(other));
  expect(rollupKeyOf(one)).toBe(
    fingerprintOf({ rule: one.rule, subject: "v.example", value: "https://v.example/{1}/cb" }),
  );
  expect(fingerprintOf({ ...one, subject: one.clientId })).not.toBe(
    fingerprintOf({ ...other, subject: other.clientId }),
  );
  expect(rollupKeyOf(one)).not.toBe(rollupKeyOf({ ...one, rule: "drift.redirect-removed" }));
  expect(rollupKeyOf(one)).not.toBe(rollupKeyOf({ ...one, host: "w.example" }));
  expect(rollupKeyOf(one)).not.toBe(rollupKeyOf({ ...one, value: "https://v.example/a/other" }));
});

test("rule, subject and value cannot run into one another", () => {
  expect(fingerprintOf({ rule: "a", subject: "b", value: "cd" })).not.toBe(
    fingerprintOf({ rule: "a", subject: "bc", value: "d" }),
  );
});
