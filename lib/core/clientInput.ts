import { z } from "zod";

/** What a person or a program says about a client besides its URL. Sentences are shown beside the form fields. */
export const clientIdInput = z
  .string({ error: "Enter the client_id: an https URL." })
  .min(1, "Enter the client_id: an https URL.")
  .max(4_096, "A client_id of more than 4,096 characters is not accepted.");

export const profileInput = z.enum(["ietf", "mcp", "atproto"], { error: "Choose ietf, mcp or atproto." });

export const grantInput = z.object({
  resource: z.string({ error: "Name the resource." }).min(1, "Name the resource.").max(2_048),
  scopes: z
    .array(
      z
        .string()
        .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "A scope has no spaces and no quotes.")
        .max(256),
    )
    .max(200),
});

export const grantsInput = z
  .array(grantInput, { error: "Name at least one resource and its scopes." })
  .min(1, "Name at least one resource and its scopes: what may this client reach?")
  .max(50, "At most 50 resources.")
  .refine(
    (grants) => new Set(grants.map((grant) => grant.resource)).size === grants.length,
    "A resource stands twice.",
  );

const sentence = (what: string) =>
  z.string({ error: what }).trim().min(1, what).max(500, "At most 500 characters.");

export const sponsorInput = sentence("Name the sponsor: the person who answers for this client.");
export const purposeInput = sentence("Say what the client is used for.");
export const contractInput = z.string().trim().max(500, "At most 500 characters.");
export const teamInput = z
  .string({ error: "Choose the team that owns the client." })
  .min(1, "Choose the team that owns the client.");
export const validDaysInput = z.coerce
  .number({ error: "Enter a number of days." })
  .int("Enter whole days.")
  .min(1, "At least one day.")
  .max(730, "At most 730 days.");
