import { expect, test } from "vitest";
import { certificateFacts } from "./certificateFacts.ts";
import { certificates } from "./testing/certificates.ts";

const each = Object.values(certificates);

test.each(each)("reads a certificate of $jwk.kty", ({ x5c, jwk, notAfter }) => {
  const facts = certificateFacts(x5c);
  expect(facts?.notAfter).toBe(Date.parse(notAfter));
  expect(each.map((other) => facts?.matches(other.jwk))).toEqual(each.map((other) => other.jwk === jwk));
  expect(facts?.matches({ kty: "AKP" })).toBeUndefined();
});

test("what is no certificate is not read, however it ends", () => {
  const { x5c } = certificates.ed;
  for (let length = 0; length < x5c.length - 100; length += 1)
    expect(certificateFacts(x5c.slice(0, length))).toBeUndefined();
  for (const text of ["", "====", "not base64!", "MIACAQ", "MP////8"])
    expect(certificateFacts(text)).toBeUndefined();
});
