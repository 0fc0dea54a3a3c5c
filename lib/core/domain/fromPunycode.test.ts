import { domainToUnicode } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromPunycode } from "./fromPunycode.ts";

test.each([
  ["xn--mnchen-3ya", "münchen"],
  ["xn--80ak6aa92e", "аррӏе"],
  ["xn--ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
  ["claude", "claude"],
  ["xn--", ""],
  ["xn--a-\u0000", "xn--a-\u0000"],
  ["xn--99999999", "xn--99999999"],
])("%j → %j", (label, shown) => expect(fromPunycode(label)).toBe(shown));

test("reads what a URL parser writes", () => {
  const letter = fc.constantFrom(..."abcxyz0189äöüñéèßабвгдежклαβγδ漢字かなกขا");
  fc.assert(
    fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 20 }), (text) => {
      const host = URL.parse(`https://${text}/`)?.hostname ?? "";
      if (host.startsWith("xn--")) expect(fromPunycode(host)).toBe(domainToUnicode(host));
    }),
  );
});

test("never throws, and ends", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      expect(fromPunycode(`xn--${text}`)).toBeTypeOf("string");
    }),
  );
});
