import { createSign, generateKeyPairSync, verify } from "node:crypto";
import { expect, it } from "vitest";
import { derToJose } from "./derToJose.ts";

const order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
const one = "020101";
const sequence = (body: string) => `30${(body.length / 2).toString(16).padStart(2, "0")}${body}`;
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));

it("gives what Node verifies as ieee-p1363, however short the numbers are", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  for (let turn = 0; turn < 300; turn++) {
    const jose = derToJose(createSign("sha256").update(`m${turn}`).sign(privateKey));
    const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
    expect(verify("sha256", Buffer.from(`m${turn}`), key, jose)).toBe(true);
  }
});

it("pads short numbers on the left", () => {
  const jose = derToJose(bytes(sequence(`${one}020200ff`)));
  expect(Buffer.from(jose).toString("hex")).toBe(`${"0".repeat(63)}1${"0".repeat(62)}ff`);
  const largest = `${order.slice(0, -1)}0`;
  expect(derToJose(bytes(sequence(`022100${largest}${one}`)))).toHaveLength(64);
});

it.each([
  ["nothing", "", /SEQUENCE/],
  ["r||s", "ab".repeat(64), /r\|\|s already/],
  ["another type", `31${sequence(one + one).slice(2)}`, /SEQUENCE/],
  ["a byte behind", `${sequence(one + one)}00`, /length is wrong/],
  ["a byte behind, counted", sequence(`${one}${one}00`), /bytes follow/],
  ["a third number", sequence(one + one + one), /bytes follow/],
  ["one number", sequence(one), /number is missing/],
  ["a cut one", sequence(`${one}0203ff`), /cut off/],
  ["a long length", `3081${sequence(one + one).slice(2)}`, /length is wrong/],
  ["an endless one", `3080${one}${one}0000`, /length is wrong/],
  ["an empty number", sequence(`0200${one}`), /number is missing/],
  ["a negative number", sequence(`0201ff${one}`), /negative/],
  ["a padded number", sequence(`02020001${one}`), /longer than it needs/],
  ["zero", sequence(`020100${one}`), /out of range/],
  ["the order", sequence(`022100${order}${one}`), /out of range/],
  ["33 bytes", sequence(`022101${"00".repeat(32)}${one}`), /out of range/],
])("refuses %s", (_, hex, words) => {
  expect(() => derToJose(bytes(hex))).toThrow(words);
});
