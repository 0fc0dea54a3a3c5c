import { expect, test } from "vitest";
import type { Export, NoExport } from "#lib/views/releases/exportList.ts";
import { ExportShelf } from "./ExportShelf.ts";

const made = (body: string): Export => ({
  kind: "export",
  contentType: "text/plain",
  body,
  refused: [],
  etag: '"1"',
  cannotExpress: [],
});
const broken: NoExport = { kind: "none", status: 503, type: "unavailable", detail: "" };

test("whoever asks while an export is made waits for the same one, and gets it for half a minute more", async () => {
  const shelf = new ExportShelf();
  let makings = 0;
  const make = async () => {
    makings++;
    return made(String(makings));
  };
  const [first, second] = await Promise.all([shelf.get("a", 0, make), shelf.get("a", 1, make)]);
  expect(second).toBe(first);
  expect(await shelf.get("a", 29_999, make)).toBe(first);
  expect(await shelf.get("a", 30_000, make)).toMatchObject({ body: "2" });
});

test("one is made at a time, and one that fails does not hold up the next", async () => {
  const shelf = new ExportShelf();
  let busy = 0;
  const make = (body: string) => async () => {
    expect(++busy).toBe(1);
    await new Promise((later) => setImmediate(later));
    busy--;
    if (body === "b") throw new Error("no database");
    return made(body);
  };
  const asked = await Promise.allSettled(["a", "b", "c"].map((key) => shelf.get(key, 0, make(key))));
  expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await shelf.get("b", 0, async () => made("again"))).toMatchObject({ body: "again" });
});

test("an outage is not kept, and nor is more than there is room for", async () => {
  const shelf = new ExportShelf();
  await shelf.get("a", 0, async () => broken);
  expect(await shelf.get("a", 0, async () => made("new"))).toMatchObject({ body: "new" });
  await shelf.get("large", 0, async () => made("x".repeat(64_000_001)));
  expect((await shelf.get("large", 0, async () => made("new"))) as Export).not.toMatchObject({ body: "new" });
  expect(await shelf.get("a", 0, async () => made("newer"))).toMatchObject({ body: "newer" });
});

test("no more than 64 are kept", async () => {
  const shelf = new ExportShelf();
  for (let name = 0; name < 65; name++) await shelf.get(String(name), 0, async () => made("old"));
  expect(await shelf.get("64", 0, async () => made("new"))).toMatchObject({ body: "old" });
  expect(await shelf.get("0", 0, async () => made("new"))).toMatchObject({ body: "new" });
});
