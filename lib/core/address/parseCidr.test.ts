import { expect, test } from "vitest";
import { parseAddress } from "./parseAddress.ts";
import { contains, parseCidr } from "./parseCidr.ts";

test.each([
  ["10.0.0.0/8", "10.255.255.255", true],
  ["10.0.0.0/8", "11.0.0.0", false],
  ["10.9.9.9/8", "10.0.0.0", true],
  ["127.0.0.1", "127.0.0.1", true],
  ["127.0.0.1", "127.0.0.2", false],
  ["0.0.0.0/0", "255.255.255.255", true],
  ["0.0.0.0/0", "::1", false],
  ["fd00::/8", "fdff::1", true],
  ["fd00::/8", "fe00::", false],
])("%s and %s: %s", (cidr, ip, inside) => {
  expect(contains(parseCidr(cidr)!, parseAddress(ip)!)).toBe(inside);
});

test.each([
  "",
  "/8",
  "10.0.0.0/",
  "10.0.0.0/33",
  "10.0.0.0/08",
  "10.0.0.0/-1",
  "10.0.0.0/8/8",
  "10/8",
  "::/129",
  "localhost",
])("%j is no block", (text) => expect(parseCidr(text)).toBeUndefined());
