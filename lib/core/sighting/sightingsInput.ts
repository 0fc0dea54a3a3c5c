import { z } from "zod";
import { storableText } from "#lib/core/document/storableText.ts";

/** A moment past the year 9999 cannot be written as a date. */
const moment = z.number().int().nonnegative().max(253_402_300_799);
const words = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => storableText(text) ?? "");
const times = z.number().int().nonnegative().max(1_000_000_000);

const shape = z.object({
  redirect_uri: words(2_048).optional(),
  token_endpoint_auth_method: words(200).optional(),
  grant_type: words(500).optional(),
  resource: z.array(words(2_048)).max(50).optional(),
  scopes: z.array(words(500)).max(200).optional(),
  jkt: words(200).nullish(),
  document_sha256: words(200).optional(),
});

const line = z.object({
  client_id: z.string().max(100_000),
  shape,
  allowed: times,
  refused: times,
  outcomes: z
    .record(z.string().max(100), times)
    .refine((codes) => Object.keys(codes).length <= 50, "at most 50 codes"),
  first_at: moment,
  last_at: moment,
});

/** Body of `POST /v1/consumers/{id}/sightings` (docs/reports.md). What is not named here is passed over. */
export const sightingsInput = z.object({
  list: z.string().max(100),
  instance: words(200).refine((name) => name !== "", "Name the instance."),
  batch: z
    .string()
    .regex(/^[\x21-\x7e]{8,100}$/, "batch must be 8 to 100 printable characters, new for each body"),
  from: moment,
  to: moment,
  sightings: z.array(line).max(2_000, "at most 2,000 lines; send the rest in a body of its own"),
  dropped: times,
});

export type SightedReport = z.output<typeof sightingsInput>;
