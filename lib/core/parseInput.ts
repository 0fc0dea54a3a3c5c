import type { z } from "zod";
import { Refusal } from "./Refusal.ts";

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** The input as the schema gives it, or a refusal with one sentence per member at fault. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { error: inWords });
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  const names = Object.entries(fields).map(([name, sentence]) => `${name}: ${sentence}`);
  throw new Refusal("invalid_input", `Some of the input cannot be used. ${names.join(" ")}`, fields);
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

const units: Readonly<Record<string, string>> = { string: " characters", array: " entries" };

/** A sentence where the schema has none of its own. */
function inWords(issue: Issue): string | undefined {
  if (issue.code === "invalid_value") return `It is one of: ${issue.values.map(String).join(", ")}.`;
  if (issue.input === undefined) return "This is missing.";
  if (issue.code === "invalid_type") return `It must be ${kinds[issue.expected] ?? issue.expected}.`;
  if (issue.code === "invalid_union") return "This cannot be used here.";
  if (issue.code === "too_big") return `At most ${issue.maximum}${units[issue.origin] ?? ""}.`;
  if (issue.code === "too_small") return `At least ${issue.minimum}${units[issue.origin] ?? ""}.`;
  return undefined;
}
