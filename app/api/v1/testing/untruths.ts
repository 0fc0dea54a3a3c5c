import { openApi } from "../openApi.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Record<string, { readonly schema: Schema }> }>
  >;
}

/** Members that an answer has only when there is something to say. */
const sometimes = new Set(["namespace", "obstacle", "key_host", "verdict", "before", "errors"]);

/** Where an answer is not what the OpenAPI document says it is: sentences, none when it is true. */
export function untruths(path: string, method: string, status: number, body: unknown): string[] {
  if (status >= 400) return [];
  const operations = openApi.paths as unknown as Record<string, Record<string, Operation>>;
  const operation = operations[path]?.[method.toLowerCase()];
  if (!operation) return [`${path} is not described.`];
  const said = operation.responses[String(status)];
  if (!said) return [`Status ${status} is not described.`];
  const schema = said.content?.["application/json"]?.schema;
  if (schema === undefined)
    return body === undefined || path === "/openapi.json" ? [] : ["No body is described."];
  return faultsIn(schema, body, "body");
}

function faultsIn(given: Schema, value: unknown, at: string): string[] {
  const schema = given.$ref === undefined ? given : resolve(given.$ref);
  if (schema.enum && !schema.enum.includes(value))
    return [`${at} is ${JSON.stringify(value)}, none of those described.`];
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => isOf(type, value)))
    return [`${at} is ${JSON.stringify(value)?.slice(0, 80)}, described as ${types.join(" or ")}.`];
  if (schema.format === "date-time" && typeof value === "string" && Number.isNaN(Date.parse(value)))
    return [`${at} is no moment.`];
  if (Array.isArray(value))
    return schema.items
      ? value.flatMap((item, index) => faultsIn(schema.items as Schema, item, `${at}.${index}`))
      : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, inside]) =>
    Object.hasOwn(value, name)
      ? faultsIn(inside, (value as Record<string, unknown>)[name], `${at}.${name}`)
      : sometimes.has(name)
        ? []
        : [`${at} has no ${name}.`],
  );
}

function resolve(ref: string): Schema {
  const name = ref.split("/").at(-1) as keyof typeof openApi.components.schemas;
  return openApi.components.schemas[name];
}

function isOf(type: string, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
