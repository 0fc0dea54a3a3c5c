import type { z } from "zod";
import { Refusal } from "./Refusal.ts";

/** The input as the schema gives it, or a refusal with one sentence per member at fault. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  const names = Object.entries(fields).map(([name, sentence]) => `${name}: ${sentence}`);
  throw new Refusal("invalid_input", `Some of the input cannot be used. ${names.join(" ")}`, fields);
}
