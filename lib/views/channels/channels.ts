import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { ChannelField } from "#lib/core/notice/ChannelField.ts";
import type { DeliveryState } from "#lib/core/notice/DeliveryState.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { countDeliveries } from "#lib/db/queries/countDeliveries.ts";
import { latestTried } from "#lib/db/queries/pageOfDeliveries.ts";
import { findAll, type Row } from "#lib/db/rows.ts";

type Kinds = Context["notify"]["kinds"];

/** `untried`: nothing was sent yet; `retrying`: the last one did not get through and is tried again. */
export type ChannelCondition = "works" | "untried" | "retrying" | "failing" | "off";

export interface ChannelLine {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly kindTitle: string;
  /** Where it sends to, without secrets. */
  readonly where: string;
  readonly condition: ChannelCondition;
  /** Why it switched itself off. */
  readonly offReason: string | null;
  readonly failingSince: Instant | null;
  readonly minimumSeverity: DriftSeverity;
  readonly topics: readonly string[];
  readonly team: string | null;
  readonly last: LastTry | null;
  readonly waiting: number;
  readonly collecting: number;
  readonly failed: number;
}

export interface LastTry {
  readonly at: Instant;
  readonly state: DeliveryState;
  readonly sentence: string | null;
}

export interface ChannelRecord extends ChannelLine {
  readonly teamId: string | null;
  readonly active: boolean;
  readonly revision: number;
  readonly createdAt: Instant;
  readonly signs: boolean;
  /** A secret that was replaced still signs until then. */
  readonly previousSecretUntil: Instant | null;
  readonly fields: readonly ChannelField[];
  /** What the form shows: settings as text, secrets left out. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Every channel that was not removed, by name. No secret is among it. */
export async function channels(db: Read, kinds: Kinds): Promise<ChannelLine[]> {
  const [rows, teams, counts] = await Promise.all([
    findAll(db, "channel", { removedAt: null }),
    findAll(db, "team"),
    countDeliveries(db),
  ]);
  const lines = rows.map(async (row): Promise<ChannelLine> => {
    const kind = kinds.find((each) => each.kind === row.kind);
    const last = await latestTried(db, row.id);
    const counted = (state: DeliveryState) =>
      counts.find((each) => each.channelId === row.id && each.state === state)?.count ?? 0;
    return {
      id: row.id,
      name: row.name,
      kind: row.kind,
      kindTitle: kind?.title ?? row.kind,
      where: kind?.where(row.settings) ?? "",
      condition: conditionOf(row, last),
      offReason: row.offReason,
      failingSince: row.failingSince,
      minimumSeverity: row.minimumSeverity,
      topics: row.topics,
      team: teams.find((team) => team.id === row.teamId)?.name ?? null,
      last: last ? { at: last.deliveredAt ?? last.at, state: last.state, sentence: last.lastSentence } : null,
      waiting: counted("waiting"),
      collecting: counted("collecting"),
      failed: counted("failed"),
    };
  });
  return (await Promise.all(lines)).sort((a, b) => a.name.localeCompare(b.name));
}

/** One channel with what its form needs; undefined when there is none. */
export async function channelById(db: Read, kinds: Kinds, id: string): Promise<ChannelRecord | undefined> {
  const line = (await channels(db, kinds)).find((each) => each.id === id);
  const [row] = line ? await findAll(db, "channel", { id }) : [];
  if (!line || !row) return undefined;
  const kind = kinds.find((each) => each.kind === row.kind);
  const until = row.settings["previousSecretUntil"];
  return {
    ...line,
    teamId: row.teamId,
    active: row.active,
    revision: row.revision,
    createdAt: row.createdAt,
    signs: kind?.signs ?? false,
    previousSecretUntil: typeof until === "number" ? until : null,
    fields: kind?.fields ?? [],
    settings: Object.fromEntries(
      (kind?.fields ?? [])
        .filter((field) => !field.secret)
        .map((field) => [field.name, textOf(row.settings[field.name])]),
    ),
  };
}

function conditionOf(row: Row<"channel">, last: Row<"delivery"> | undefined): ChannelCondition {
  if (!row.active) return "off";
  if (row.failingSince !== null) return "failing";
  if (!last) return "untried";
  return last.state === "delivered" ? "works" : last.state === "failed" ? "failing" : "retrying";
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join("\n");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
