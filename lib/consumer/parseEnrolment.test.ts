import { describe, expect, it } from "vitest";
import { parseEnrolment } from "./parseEnrolment.ts";

const url = "https://gov.example/base/v1/lists/prod/head";
const pin = "A".repeat(43);
const key = "B".repeat(43);

describe("parseEnrolment", () => {
  it("reads the address, the pin and the lowest seq", () => {
    expect(parseEnrolment(`${url}#root=${pin}&key=${key}&min_seq=482`)).toEqual({
      headUrl: url,
      issuer: "https://gov.example/base",
      list: "prod",
      root: pin,
      key,
      minSeq: 482,
    });
    expect(parseEnrolment(new URL(url))).toEqual({
      headUrl: url,
      issuer: "https://gov.example/base",
      list: "prod",
    });
  });

  it.each([
    ["prod", /not a URL/],
    ["https://gov.example/v1/lists/prod", /not the URL of a head/],
    ["https://gov.example/v1/lists/prod/head?x=1", /not the URL of a head/],
    ["http://gov.example/v1/lists/prod/head", /not https/],
    [`${url}#root=short`, /not a SHA-256 thumbprint/],
    [`${url}#key=short`, /key .* is not a SHA-256 thumbprint/],
    [`${url}#min_seq=-1`, /not a positive whole number/],
    [`${url}#min_seq=x`, /not a positive whole number/],
  ])("refuses %s", (text, message) => {
    expect(() => parseEnrolment(text)).toThrow(message);
  });

  it("accepts http on loopback, elsewhere only when told so", () => {
    expect(parseEnrolment("http://127.0.0.1:3000/v1/lists/p/head").list).toBe("p");
    expect(parseEnrolment("http://rollcall:3000/v1/lists/p/head", true).list).toBe("p");
  });
});
