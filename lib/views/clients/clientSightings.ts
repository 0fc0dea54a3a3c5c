import { visibleText } from "#lib/core/document/visibleText.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import type { SightingShape } from "#lib/core/sighting/SightingShape.ts";
import type { Read } from "#lib/db/Database.ts";
import { listSeenDays } from "#lib/db/queries/unknownClients.ts";

const week = 7;
const most = 12;

/** One way in which servers were asked about a client. Texts are made visible. */
export interface SeenWay {
  readonly redirect: string | null;
  readonly scopes: readonly string[];
  readonly servers: readonly string[];
  readonly passed: number;
  readonly refused: number;
  /** Reasons the list gave, with how often. */
  readonly reasons: readonly (readonly [code: string, times: number])[];
}

export interface ClientSightings {
  readonly total: number;
  /** Questions on each of the last seven days, oldest first. */
  readonly days: readonly number[];
  /** The most asked first, at most twelve. */
  readonly ways: readonly SeenWay[];
  readonly more: number;
}

/** What servers were asked about a client in the last seven days. */
export async function clientSightings(db: Read, now: Instant, clientId: string): Promise<ClientSightings> {
  const from = now - (now % day) - (week - 1) * day;
  const seen = await listSeenDays(db, [clientId], from);
  const days = Array.from({ length: week }, () => 0);
  for (const each of seen) {
    const place = Math.floor((each.day - from) / day);
    if (place >= 0 && place < week) days[place] = (days[place] ?? 0) + each.allowed + each.refused;
  }
  const ways = [...Map.groupBy(seen, ({ shape }) => wayOf(shape)).values()]
    .map((members): SeenWay => {
      const [first] = members;
      const reasons = new Map<string, number>();
      for (const { outcomes } of members)
        for (const [code, times] of Object.entries(outcomes))
          reasons.set(code, (reasons.get(code) ?? 0) + times);
      return {
        redirect: first?.shape.redirect_uri === undefined ? null : visibleText(first.shape.redirect_uri, 200),
        scopes: (first?.shape.scopes ?? []).map((scope) => visibleText(scope, 80)),
        servers: [...new Set(members.map(({ server }) => server))],
        passed: sum(members.map(({ allowed }) => allowed)),
        refused: sum(members.map(({ refused }) => refused)),
        reasons: [...reasons]
          .toSorted((a, b) => b[1] - a[1])
          .map(([code, times]) => [visibleText(code, 60), times]),
      };
    })
    .toSorted((a, b) => b.passed + b.refused - a.passed - a.refused);
  return { total: sum(days), days, ways: ways.slice(0, most), more: Math.max(0, ways.length - most) };
}

/** Keys and documents of the same request in the same words are one way to people. */
function wayOf({ redirect_uri, scopes }: SightingShape): string {
  return JSON.stringify([redirect_uri ?? null, scopes ?? []]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
