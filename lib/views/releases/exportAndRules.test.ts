import { afterAll, beforeAll, expect, it } from "vitest";
import { emptyFilter } from "#lib/core/clientFilter/ClientFilter.ts";
import { day } from "#lib/core/Instant.ts";
import { update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { exportClients } from "#lib/views/clients/exportClients.ts";
import { ruleHits } from "#lib/views/findings/ruleHits.ts";
import { sampleClient, sampleNow as now } from "#lib/views/testing/sampleClients.ts";

eachDatabase((open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      await sampleClient(tx, "c1", "https://b.example/c", { validUntil: now - day }, { client_name: "=B" });
      await sampleClient(tx, "c2", "https://a.example/c", {}, { client_name: "A" });
      const result = (rule: string) => ({ rule, severity: "warning" as const, message: "m", path: "" });
      await update(tx, "snapshot", { id: "c1-s1" }, { warnings: 1, results: [result("x.y"), result("x.y")] });
      await update(tx, "snapshot", { id: "c2-s1" }, { results: [{ ...result("x.z"), severity: "info" }] });
    });
  });
  afterAll(() => test.drop());

  it("exports flat rows, in order, or only those that were ticked", async () => {
    const ask = { filter: emptyFilter, order: { by: "client_id", descending: false } as const };
    const rows = await exportClients(test.db, now, ask);
    expect(rows.map((row) => [row.client_id, row.client_name, row.trust])).toEqual([
      ["https://a.example/c", "A", "approved"],
      ["https://b.example/c", "=B", "expired"],
    ]);
    expect(rows[1]?.valid_until).toBe(new Date(now - day).toISOString());
    expect(await exportClients(test.db, now, { ...ask, ids: ["c1"] })).toHaveLength(1);
  });

  it("counts a client once per rule and finds notes too", async () => {
    expect(await ruleHits(test.db, "x.y", "warning", 10)).toMatchObject({ clients: 1, hits: [{ id: "c1" }] });
    expect(await ruleHits(test.db, "x.z", "info", 10)).toMatchObject({ clients: 1, hits: [{ id: "c2" }] });
    expect(await ruleHits(test.db, "x.y", "warning", 0)).toMatchObject({ clients: 1, hits: [] });
  });
});
