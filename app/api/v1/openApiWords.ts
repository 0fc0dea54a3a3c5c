import { driftSeverities } from "#lib/core/drift/Drift.ts";
import { findingStates } from "#lib/core/finding/Finding.ts";

export type Json = Readonly<Record<string, unknown>>;

export const text = { type: "string" };
export const number = { type: "integer" };
export const moment = { type: "string", format: "date-time" };
export const strings = { type: "array", items: text };
export const object = (properties: Json, required: readonly string[] = []): Json => ({
  type: "object",
  properties,
  ...(required.length > 0 ? { required } : {}),
});
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
export const list = (items: Json): Json => ({ type: "array", items });
export const maybeText = { type: ["string", "null"] };
export const maybeNumber = { type: ["integer", "null"] };
export const flag = { type: "boolean" };
export const maybeMoment = { type: ["string", "null"], format: "date-time" };
export const clientWords = { owner_team_id: text, sponsor: text, purpose: text, contract: text };
export const grantWords = {
  grants: list(ref("Grant")),
  valid_days: { type: "integer", minimum: 1, maximum: 730, default: 180 },
};
export const because = object({ reason: text }, ["reason"]);
export const findingLine = {
  number,
  rule: text,
  severity: { enum: [...driftSeverities] },
  state: { enum: [...findingStates] },
  message: text,
  client: { type: ["object", "null"], description: "Null for a finding about a host." },
  host: text,
  owner_team: { type: ["object", "null"] },
  assignee: { type: ["object", "null"] },
  first_seen_at: moment,
  last_seen_at: moment,
  acknowledge_by: maybeMoment,
  decide_by: maybeMoment,
  overdue: { type: "boolean" },
  regressions: number,
  members: number,
  proposal: { enum: ["dismiss", "waive", null] },
  snoozed_until: maybeMoment,
  waived_until: maybeMoment,
  resolved_at: maybeMoment,
  revision: number,
};
