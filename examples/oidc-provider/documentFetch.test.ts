import { expect, test } from "vitest";
import { documentFetch } from "./documentFetch.ts";

test("digests of the clients met last are kept, not of everybody who ever served a document", async () => {
  const serve = async (url: string | URL | Request) => Response.json({ client_id: url.toString() });
  const { fetch, digestOf } = documentFetch(serve, []);
  const idOf = (n: number) => `https://client-${n}.example/c.json`;
  await fetch(idOf(-1));
  for (let n = 0; n < 1_000; n++) {
    await fetch(idOf(n));
    expect(digestOf(idOf(-1))).toBeDefined();
  }
  expect(digestOf(idOf(0))).toBeUndefined();
  expect(digestOf(idOf(999))).toBeDefined();
});
