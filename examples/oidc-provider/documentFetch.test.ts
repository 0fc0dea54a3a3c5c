import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { documentDigest, documentFetch } from "./documentFetch.ts";

const id = "https://tidewater.dev/oauth/client.json";
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

async function handedOn(text: string, asked = id): Promise<Record<string, unknown>> {
  const { fetch } = documentFetch(async () => new Response(text), ["openid"]);
  return (await fetch(asked)).json() as Promise<Record<string, unknown>>;
}

test("a document carries the digest of its own bytes, whatever it says itself", async () => {
  const text = JSON.stringify({ client_id: id, scope: "openid other", [documentDigest]: sha256("approved") });
  expect(await handedOn(text)).toEqual({
    client_id: id,
    scope: "openid",
    token_endpoint_auth_method: "none",
    [documentDigest]: sha256(text),
  });
});

test("also where the client_id is written otherwise than the URL that is asked, and where it is long", async () => {
  const client_id = id.replace("https://tidewater.dev", "HTTPS://Tidewater.dev:443");
  const text = JSON.stringify({ client_id, [documentDigest]: "forged", client_name: "x".repeat(100_000) });
  expect(await handedOn(text)).toMatchObject({ client_id, [documentDigest]: sha256(text) });
});

test("what is no document is handed on as it is", async () => {
  const text = JSON.stringify({ keys: [] });
  expect(await handedOn(text, "https://tidewater.dev/jwks.json")).toEqual({ keys: [] });
});

test("a large answer is handed on, a very large one refused, and neither keeps anybody waiting", async () => {
  const keys = { keys: [{ kid: "x".repeat(100_000) }] };
  expect(await handedOn(JSON.stringify(keys), "https://tidewater.dev/jwks.json")).toEqual(keys);
  await expect(handedOn("x".repeat(300_000))).rejects.toThrow("larger than");
});
