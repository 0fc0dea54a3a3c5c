import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput } from "./parseInput.ts";
import type { Refusal } from "./Refusal.ts";

const schema = z.object({
  name: z.string({ error: "Enter a name." }),
  note: z.string().max(3).optional(),
  kind: z.enum(["approve", "deny"]),
  days: z.number().int().min(1),
  list: z.array(z.string()),
  copy: z.union([z.string(), z.instanceof(Uint8Array)]),
});

test("every member at fault has a sentence, the schema's own or one of ours", () => {
  const fields = (input: unknown) => {
    try {
      parseInput(schema, input);
      return {};
    } catch (error) {
      return (error as Refusal).fields;
    }
  };
  expect(fields({})).toEqual({
    name: "Enter a name.",
    kind: "It is one of: approve, deny.",
    days: "This is missing.",
    list: "This is missing.",
    copy: "This is missing.",
  });
  expect(fields({ name: "Anna", note: "Long", kind: "yes", days: 0, list: [1], copy: 7 })).toEqual({
    note: "At most 3 characters.",
    kind: "It is one of: approve, deny.",
    days: "At least 1.",
    "list.0": "It must be text.",
    copy: "This cannot be used here.",
  });
  expect(fields({ name: "A", kind: "deny", days: "2", list: {}, copy: "" })).toEqual({
    days: "It must be a number.",
    list: "It must be a list.",
  });
  expect(fields(7)).toEqual({ input: "It must be an object." });
});
