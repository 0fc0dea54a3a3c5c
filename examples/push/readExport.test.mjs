import { afterAll, beforeAll, expect, test } from "vitest";
import { plainJson } from "#lib/adapters/plainJson.ts";
import { exampleList } from "#lib/adapters/testing/exampleList.ts";
import { readExport } from "./readExport.mjs";
import { serve } from "./testing/serve.mjs";

const url = "https://app.acme.com/oauth/client.json";
const list = exampleList([url]);
let door;
beforeAll(async () => {
  door = await serve(() => [200, JSON.parse(plainJson.render(list).body)]);
});
afterAll(() => door.close());

test("reads what Rollcall writes", async () => {
  const read = await readExport({ url: door.base, token: "rcc_test", now: list.issuedAt });
  expect(read).toMatchObject({ list: "prod", rev: 7 });
  expect([...read.approved]).toEqual([
    [url, { entry: list.entries[0].entry, digest: expect.stringMatching(/^[0-9a-f]{32}$/) }],
  ]);
  await expect(readExport({ url: door.base, token: "", now: list.expiresAt })).rejects.toThrow("has ended");
});
