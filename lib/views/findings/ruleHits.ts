import type { Lifecycle } from "#lib/core/client.ts";
import type { CheckResult, CheckSeverity } from "#lib/core/check/Check.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Read } from "#lib/db/Database.ts";
import { listLiveResults } from "#lib/db/queries/listLiveResults.ts";

export interface RuleHit {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly lifecycle: Lifecycle;
  readonly result: CheckResult;
}

/** The clients whose live document one check speaks about, at most `limit`, and how many they are. */
export async function ruleHits(
  db: Read,
  rule: string,
  severity: CheckSeverity,
  limit: number,
): Promise<{ hits: readonly RuleHit[]; clients: number }> {
  const rows = await listLiveResults(db, severity !== "info");
  const hits = rows.flatMap((row): RuleHit[] => {
    const result = row.results.find((each) => each.rule === rule);
    return result
      ? [
          {
            id: row.id,
            name: visibleText(row.name, 80),
            clientId: row.clientId,
            lifecycle: row.lifecycle,
            result,
          },
        ]
      : [];
  });
  return { hits: hits.slice(0, limit), clients: hits.length };
}
