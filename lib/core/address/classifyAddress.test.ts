import { isIP } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { classifyAddress } from "./classifyAddress.ts";
import { parseAddress } from "./parseAddress.ts";

/** Each row: a block's first and last address, and its neighbours when those are public. */
const blocks: [string, string, string, string?, string?][] = [
  ["0.0.0.0/8", "0.0.0.0", "0.255.255.255", undefined, "1.0.0.0"],
  ["10.0.0.0/8", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
  ["100.64.0.0/10", "100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
  ["127.0.0.0/8", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
  ["168.63.129.16/32", "168.63.129.16", "168.63.129.16", "168.63.129.15", "168.63.129.17"],
  ["169.254.0.0/16", "169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
  ["172.16.0.0/12", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
  ["192.0.0.0/24", "192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
  ["192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
  ["192.31.196.0/24", "192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"],
  ["192.52.193.0/24", "192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0"],
  ["192.88.99.0/24", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
  ["192.168.0.0/16", "192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
  ["192.175.48.0/24", "192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"],
  ["198.18.0.0/15", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
  ["198.51.100.0/24", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
  ["203.0.113.0/24", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
  ["224.0.0.0/4", "224.0.0.0", "239.255.255.255", "223.255.255.255"],
  ["240.0.0.0/4", "240.0.0.0", "255.255.255.255"],
  ["below 2000::/3", "::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", undefined, "2000::"],
  ["2001::/23", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff::ffff", "2001:200::"],
  ["2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"],
  ["2002::/16", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"],
  [
    "2620:4f:8000::/48",
    "2620:4f:8000::",
    "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
    "2620:4f:7fff::",
    "2620:4f:8001::",
  ],
  ["3ffe::/16", "3ffe::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffd:ffff::"],
  ["3fff::/20", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", undefined, "3fff:1000::"],
  [
    "above 2000::/3",
    "4000::",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  ],
];

describe.each(blocks)("%s", (_name, first, last, before, after) => {
  test("is blocked from its first to its last address", () => {
    expect(classifyAddress(first).verdict).toBe("block");
    expect(classifyAddress(last).verdict).toBe("block");
  });
  test("ends where the public internet begins", () => {
    if (before !== undefined) expect(classifyAddress(before).verdict).toBe("allow");
    if (after !== undefined) expect(classifyAddress(after).verdict).toBe("allow");
  });
});

test.each(["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "2A00:1450:4001:80F::200E", "2a00::8.8.8.8"])(
  "%s is public",
  (ip) => {
    expect(classifyAddress(ip).verdict).toBe("allow");
  },
);

test.each([
  "::1",
  "::ffff:8.8.8.8",
  "::ffff:7f00:1",
  "::8.8.8.8",
  "64:ff9b::8.8.8.8",
  "64:ff9b:1::1",
  "100::1",
  "fc00::1",
  "fe80::1",
  "fec0::1",
  "ff02::1",
  "5f00::1",
])("%s is blocked", (ip) => {
  expect(classifyAddress(ip).verdict).toBe("block");
});

test.each([
  "",
  " 8.8.8.8",
  "8.8.8.8\n",
  "8.8.8",
  "8.8.8.8.8",
  "08.8.8.8",
  "0177.0.0.1",
  "0x7f.1",
  "0x08080808",
  "2130706433",
  "256.1.1.1",
  "8.8.8.8/32",
  "٨.8.8.8",
  "[2606:4700::1]",
  "2606:4700::1%eth0",
  "fe80::1%1",
  "2606:4700:::1",
  "2606::4700::1",
  ":2606:4700::1",
  "2606:4700:0:0:0:0:0:0:1",
  "2606:4700:0:0:0:0:0",
  "2606:4700::12345",
  "2606:4700::8.8.8.8:1",
  "example.com",
])("%j cannot be read and is blocked", (ip) => {
  expect(parseAddress(ip)).toBeUndefined();
  expect(classifyAddress(ip).verdict).toBe("block");
});

test("reads what Node reads, with the value that ipaddr.js finds", () => {
  const nearly = fc.string({ unit: fc.constantFrom(..."0123456789abcdefx:.%[]/") });
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), nearly), (text) => {
      expect(classifyAddress(text).reason).toMatch(/\.$/);
      const address = parseAddress(text);
      expect(address?.family ?? 0).toBe(text.includes("%") ? 0 : isIP(text));
      // ipaddr.js takes the compatible form ::a.b.c.d for the mapped one.
      const comparable = ipaddr.isValid(text) && !/^::\d+\./.test(text);
      if (address !== undefined && comparable) expect(address.value).toBe(valueOf(text));
    }),
    { numRuns: 2_000 },
  );
});

test("agrees with ipaddr.js that what it calls special is not public", () => {
  const either = fc.oneof(fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(either, (ip) => {
      if (classifyAddress(ip).verdict === "allow" && ipaddr.isValid(ip))
        expect(ipaddr.parse(ip).range()).toBe("unicast");
    }),
    { numRuns: 2_000 },
  );
});

function valueOf(ip: string): bigint {
  return ipaddr
    .parse(ip)
    .toByteArray()
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
