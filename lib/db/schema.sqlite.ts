import { columns } from "./columns.sqlite.ts";
import type { Columns } from "./columns.postgres.ts";
import { defineSchema } from "./schema.ts";

export const schema = defineSchema(columns as unknown as Columns);
export const {
  team,
  person,
  membership,
  session,
  invite,
  signInThrottle,
  audience,
  resource,
  apiToken,
  client,
  snapshot,
  fetchLog,
  grant,
  request,
  vote,
  listEntry,
  allowlistObject,
  head,
  signingKey,
  consumer,
  report,
  due,
  outbox,
  journal,
  journalHead,
} = schema;
