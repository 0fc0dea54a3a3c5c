import { expect, test } from "vitest";
import type { Export, NoExport } from "#lib/views/exportList.ts";
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

test("whoever asks while an export is made waits for the same one, and gets it for five seconds more", async () => {
  const shelf = new ExportShelf();
  let makings = 0;
  const make = async () => {
    makings++;
    return made(String(makings));
  };
  const [first, second] = await Promise.all([shelf.get("a", 0, make), shelf.get("a", 1, make)]);
  expect(second).toBe(first);
  expect(await shelf.get("a", 4_999, make)).toBe(first);
  expect(await shelf.get("a", 5_000, make)).toMatchObject({ body: "2" });
});

test.each([
  ["a large one", async () => made("x".repeat(1_000_001))],
  ["an outage", async () => broken],
])("%s is not kept", async (_name, make) => {
  const shelf = new ExportShelf();
  await shelf.get("a", 0, make);
  expect(await shelf.get("a", 0, async () => made("new"))).toMatchObject({ body: "new" });
});

test("what fails is asked for again, and no more than 32 are kept", async () => {
  const shelf = new ExportShelf();
  await expect(shelf.get("a", 0, () => Promise.reject(new Error("no database")))).rejects.toThrow(
    "no database",
  );
  for (let name = 0; name < 33; name++) await shelf.get(String(name), 0, async () => made("old"));
  expect(await shelf.get("32", 0, async () => made("new"))).toMatchObject({ body: "old" });
  expect(await shelf.get("0", 0, async () => made("new"))).toMatchObject({ body: "new" });
});
