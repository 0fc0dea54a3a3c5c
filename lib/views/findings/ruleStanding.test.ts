import { afterAll, beforeAll, expect, it } from "vitest";
import { insert } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { ruleStanding } from "./ruleStanding.ts";
import { sampleClient, sampleNow as now } from "#lib/views/testing/sampleClients.ts";
import { sampleFinding } from "#lib/views/testing/sampleFindings.ts";

const rule = "drift.scope-widened";

eachDatabase((open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      await sampleClient(tx, "c1", "https://tidewater.dev/c", {}, { client_name: "Tidewater" });
      await sampleFinding(tx, 1, { clientRowId: "c1", rule, severity: "high" });
      await sampleFinding(tx, 2, { clientRowId: "c1", rule, severity: "critical", state: "snoozed" });
      await sampleFinding(tx, 3, { clientRowId: "c1", rule, state: "resolved", resolvedAt: now });
      await sampleFinding(tx, 4, { clientRowId: "c1", rule: "reach.gone" });
      await sampleFinding(tx, 5, { id: "host", rule, host: "tidewater.dev", severity: "low" });
      await sampleFinding(tx, 6, { clientRowId: "c1", rule, parentId: "host" });
      const change = (id: string, at: number, ...rules: string[]) =>
        insert(tx, "change", {
          id,
          clientRowId: "c1",
          beforeId: "c1-s1",
          afterId: "c1-s1",
          severity: "high",
          changes: rules.map((each) => ({
            rule: each,
            severity: "high",
            effect: "growth",
            message: `${each} in ${id}.`,
            path: "",
          })),
          at,
        });
      await change("older", now - 2, rule);
      await change("newer", now - 1, "drift.link-changed", rule);
      await change("other", now, "drift.link-changed");
    });
  });
  afterAll(() => test.drop());

  it("shows what is not settled, the most serious first, each once", async () => {
    const { findings, standing } = await ruleStanding(test.db, rule, { limit: 2, changes: 5 });
    expect(findings.map(({ number }) => number)).toEqual([2, 1]);
    expect(findings[1]).toMatchObject({ clientName: "Tidewater", state: "open" });
    expect(standing).toBe(3);
  });

  it("shows the latest differences that the rule named", async () => {
    const all = await ruleStanding(test.db, rule, { limit: 1, changes: 5 });
    expect(all.changes.map(({ id, message }) => [id, message])).toEqual([
      ["newer", `${rule} in newer.`],
      ["older", `${rule} in older.`],
    ]);
    expect((await ruleStanding(test.db, rule, { limit: 1, changes: 1 })).changes).toHaveLength(1);
    expect(await ruleStanding(test.db, "reach.gone", { limit: 9, changes: 5 })).toMatchObject({
      standing: 1,
      changes: [],
    });
  });
});
