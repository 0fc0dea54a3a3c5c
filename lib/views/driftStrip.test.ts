import { afterAll, beforeAll, expect, it } from "vitest";
import { day, hour } from "#lib/core/Instant.ts";
import { insert } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { driftStrip } from "./driftStrip.ts";
import { sampleClient, sampleMetadata, sampleNow, sampleSnapshot } from "./testing/sampleClients.ts";
import { sampleChange, sampleDrift } from "./testing/sampleFindings.ts";

const today = Math.floor(sampleNow / day) * day;

eachDatabase((open) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await open();
    await opened.db.transaction(async (tx) => {
      for (const [id, host] of Object.entries({
        a: "calm",
        b: "tidewater",
        c: "orchard",
        d: "meadow",
        e: "late",
      }))
        await sampleClient(
          tx,
          id,
          `https://${host}.dev/c`,
          {
            createdAt: sampleNow - (id === "e" ? 3 : 100) * day,
            lifecycle: id === "a" ? "approved" : "pending",
          },
          { client_name: host },
        );
      await sampleSnapshot(tx, "b", 2, sampleMetadata("https://tidewater.dev/c"));
      await sampleChange(tx, "x1", "b", today - 2 * day + hour, [
        sampleDrift("critical", "Codes go elsewhere."),
      ]);
      await sampleChange(tx, "x2", "b", today - 2 * day + 2 * hour, [
        sampleDrift("medium", "The logo moved."),
        sampleDrift("low", "The name changed."),
      ]);
      await sampleChange(tx, "x3", "c", today + hour, [sampleDrift("low", "The name changed.")]);
      await sampleChange(tx, "x4", "c", today - 80 * day, [sampleDrift("critical", "Long ago.")]);
      await insert(
        tx,
        "outage",
        {
          id: "o1",
          clientRowId: "d",
          kind: "challenged",
          startedAt: today - 60 * day,
          endedAt: today - 39 * day,
        },
        { id: "o2", clientRowId: "d", kind: "challenged", startedAt: today - 39 * day + hour, endedAt: null },
        { id: "o3", clientRowId: "a", kind: "gone", startedAt: today - 90 * day, endedAt: today - 80 * day },
      );
    });
  });
  afterAll(() => opened.drop());

  it("shows what was serious first, then what cannot be read, then the rest, then what is quiet", async () => {
    const strip = await driftStrip(opened.db, sampleNow);
    expect(strip.rows.map((row) => row.client.name)).toEqual(["tidewater", "meadow", "orchard", "calm"]);
    expect(strip).toMatchObject({ changed: 2, unread: 1, more: 0 });
    expect(strip.days).toHaveLength(42);
    expect(strip.days.at(-1)).toBe(today);
  });

  it("shows the worst change of a day, and counts the others", async () => {
    const { rows } = await driftStrip(opened.db, sampleNow);
    expect(rows[0]?.drift).toEqual([
      {
        day: 39,
        severity: "critical",
        changes: 3,
        message: "Codes go elsewhere.",
        at: today - 2 * day + hour,
        before: 1,
        after: 2,
      },
    ]);
    expect(rows[2]?.drift).toMatchObject([{ day: 41, severity: "low", changes: 1 }]);
  });

  it("joins days that could not be read, and says when that began", async () => {
    const { rows } = await driftStrip(opened.db, sampleNow);
    expect(rows[1]?.unread).toEqual([
      { from: 0, to: 41, kind: "challenged", since: today - 60 * day, until: null },
    ]);
  });
});
