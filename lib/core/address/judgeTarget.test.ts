import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeTarget } from "./judgeTarget.ts";

const good = "https://app.example.com/client.json";

test.each([
  good,
  "https://example.com/",
  "https://example.com/?",
  "https://example.com/a?b=c/../d",
  "https://xn--bcher-kva.example.co.uk/c",
  "https://github.io/c",
  "https://a.com/%252e%252e/b",
  "https://a.com/..a/b..",
  "https://a.com/a%2Fb",
  "1.1.1.1",
  "[1.1.1.1]",
  "2606:4700:4700::1111",
  "[2606:4700:4700::1111]",
])("allows %s", (target) => {
  expect(judgeTarget(target)).toMatchObject({ verdict: "allow" });
});

test.each([
  ["", "neither"],
  ["example.com", "neither"],
  ["http://example.com/", "https"],
  ["HTTPS://example.com/", "https"],
  ["ftp://example.com/", "https"],
  ["javascript://example.com/%0aalert(1)", "https"],
  ["https:/example.com/", "neither"],
  ["https:\\\\example.com/", "neither"],
  ["https:///example.com/", "canonical"],
  ["https://example.com", "canonical"],
  ["https://example.com:443/", "canonical"],
  ["https://EXAMPLE.com/", "canonical"],
  ["https://example.com/a b", "ASCII"],
  ["https://example.com/ü", "ASCII"],
  ["https://bücher.com/", "ASCII"],
  ["https://example.com/\u0000", "ASCII"],
  ["https://example.com/\t", "ASCII"],
  ["https://example.com\\@evil.com/", "user name"],
  ["https://example.com/a\\b", "canonical"],
  ["https://user@example.com/", "user name"],
  ["https://user:pw@example.com/", "user name"],
  ["https://@example.com/", "user name"],
  ["https://example.com/#", "fragment"],
  ["https://example.com/#a", "fragment"],
  ["https://example.com/a/../b", "dot segment"],
  ["https://example.com/./b", "dot segment"],
  ["https://example.com/a/..", "dot segment"],
  ["https://example.com/a/%2e%2E/b", "dot segment"],
  ["https://example.com/a/.%2e/b", "dot segment"],
  ["https://example.com/%2e", "dot segment"],
  ["https://example.com:8443/", "Port 8443"],
  ["https://example.com:0/", "Port 0"],
  ["https://example.com:99999/", "not a URL"],
  ["https://", "not a URL"],
  ["https:///", "not a URL"],
  ["https://exa%6dple.com/", "canonical"],
  ["https://1.1.1.1/", "IP address"],
  ["https://1.1.1.1./", "IP address"],
  ["https://0x7f.1/", "IP address"],
  ["https://0177.0.0.1/", "IP address"],
  ["https://2130706433/", "IP address"],
  ["https://[::1]/", "IP address"],
  ["https://[2606:4700:4700::1111]/", "IP address"],
  ["https://[::ffff:1.1.1.1]/", "IP address"],
  ["https://example.com./", "dot"],
  ["https://localhost/", "this computer"],
  ["https://app.localhost/", "this computer"],
  ["https://printer.local/", "local network"],
  ["https://metadata.google.internal/", "private networks"],
  ["https://app.test/", "testing"],
  ["https://app.example/", "documentation"],
  ["https://app.invalid/", "invalid"],
  ["https://abc.onion/", "Tor"],
  ["https://abc.alt/", "outside the DNS"],
  ["https://router.home.arpa/", "infrastructure"],
  ["https://1.0.0.127.in-addr.arpa/", "infrastructure"],
  ["https://intranet/", "private network"],
  ["https://wiki/", "single label"],
  ["https://com/", "single label"],
  ["https://app.notatld/", "public suffix"],
  ["https://co.uk/", "public suffix"],
  ["https://a_b.example.com/", "host name"],
  ["https://-a.example.com/", "host name"],
  ["https://a..example.com/", "host name"],
  [`https://${"a".repeat(64)}.example.com/`, "host name"],
  [`https://example.com/${"a".repeat(2_048)}`, "longer"],
  ["127.0.0.1", "loopback"],
  ["[::1]", "2000::/3"],
  ["0x7f.1", "neither"],
  ["0177.0.0.1", "neither"],
  ["2130706433", "neither"],
  ["fe80::1%eth0", "neither"],
  ["[[::1]]", "neither"],
])("blocks %j: %s", (target, reason) => {
  const judged = judgeTarget(target);
  expect(judged.verdict).toBe("block");
  expect(judged.reason).toContain(reason);
});

const public64 = Array.from({ length: 64 }, (_, index) => `1.1.1.${index}`);

test.each([
  ["one good answer", { A: ["1.1.1.1"] }, "allow"],
  ["good answers of both families", { A: ["1.1.1.1"], AAAA: ["2606:4700::1"] }, "allow"],
  ["64 answers", { A: public64 }, "allow"],
  ["65 answers", { A: public64, AAAA: ["2606:4700::1"] }, "block"],
  ["no answer", {}, "block"],
  ["empty answers", { A: [], AAAA: [] }, "block"],
  ["one bad among good", { A: ["1.1.1.1", "10.0.0.1"] }, "block"],
  ["a bad AAAA beside a good A", { A: ["1.1.1.1"], AAAA: ["::1"] }, "block"],
  ["a mapped address", { AAAA: ["::ffff:1.1.1.1"] }, "block"],
  ["an IPv6 address as A", { A: ["2606:4700::1"] }, "block"],
  ["an IPv4 address as AAAA", { AAAA: ["1.1.1.1"] }, "block"],
  ["an answer that is no address", { A: ["1.1.1.1", "evil"] }, "block"],
  ["an answer that is no text", { A: [16843009] }, "block"],
  ["a hole in the list", { A: new Array(1) }, "block"],
  ["text for a list", { A: "1.1.1.1" }, "block"],
  ["null for a list", { A: null }, "block"],
  ["a list for the answers", ["1.1.1.1"], "block"],
  ["null for the answers", null, "block"],
  ["a number for the answers", 7, "block"],
])("with %s", (_name, answers, verdict) => {
  expect(judgeTarget(good, answers as never).verdict).toBe(verdict);
});

test("a bad text is refused whatever the answers", () => {
  expect(judgeTarget("https://localhost/", { A: ["1.1.1.1"] }).verdict).toBe("block");
});

test("an operator opens blocks and ports one by one, and a literal in a URL never", () => {
  const allow = { cidrs: ["10.0.0.0/8", "nonsense"], ports: [8443] };
  expect(judgeTarget("https://a.example.com:8443/", { A: ["10.1.2.3"] }, allow).verdict).toBe("allow");
  expect(judgeTarget("https://a.example.com/", { A: ["10.1.2.3"] }, allow).verdict).toBe("allow");
  expect(judgeTarget("https://a.example.com:8444/", { A: ["10.1.2.3"] }, allow).verdict).toBe("block");
  expect(judgeTarget(good, { A: ["10.1.2.3", "192.168.0.1"] }, allow).verdict).toBe("block");
  expect(judgeTarget("10.1.2.3", undefined, allow).verdict).toBe("allow");
  expect(judgeTarget("https://10.1.2.3/", undefined, allow).verdict).toBe("block");
});

test("answers in a sentence and never throws, whatever comes in", () => {
  const trap = new Proxy(
    {},
    {
      get: () => {
        throw new Error("trap");
      },
    },
  );
  for (const odd of [undefined, null, 7, {}, [], Symbol("s"), () => 1, trap, 10n]) {
    expect(judgeTarget(odd as never).verdict).toBe("block");
    expect(judgeTarget(good, odd as never, odd as never).verdict).toMatch(/allow|block/);
    expect(judgeTarget(good, trap as never).verdict).toBe("block");
  }
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.anything(), (target, answers, allow) => {
      expect(judgeTarget(target as never, answers as never, allow as never).reason).toMatch(/\S/);
    }),
  );
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ["https"], withQueryParameters: true }), (url) => {
      if (judgeTarget(url).verdict === "allow") expect(new URL(url).href).toBe(url);
    }),
  );
});
