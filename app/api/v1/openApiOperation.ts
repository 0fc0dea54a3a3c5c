import { text, type Json } from "./openApiWords.ts";

const json = (schema: Json): Json => ({ content: { "application/json": { schema } } });

export const refused = { $ref: "#/components/responses/Problem" };

/** One operation: what it takes and answers; every one of them may be refused. */
export function operation(
  summary: string,
  parts: {
    query?: readonly (readonly [name: string, description: string, required?: boolean])[];
    path?: readonly string[];
    body?: Json;
    bodyOptional?: boolean;
    status?: number;
    answer?: Json;
  },
): Json {
  const { query = [], path = [], body, bodyOptional = false, status = 200, answer } = parts;
  const parameters = [
    ...path.map((name) => ({ name, in: "path", required: true, schema: text })),
    ...query.map(([name, description, required = false]) => ({
      name,
      in: "query",
      description,
      required,
      schema: text,
    })),
  ];
  return {
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: !bodyOptional, ...json(body) } } : {}),
    responses: {
      [status]: { description: "Done.", ...(answer ? json(answer) : {}) },
      "4XX": refused,
      "503": refused,
    },
  };
}
