/** Members whose inside is somebody else's JSON and is passed on as it is. */
const foreign = new Set(["other", "jwks", "publicJwk", "text", "reports", "before", "after"]);

const isInstant = /(?:At|Until|Since|By)$|^(?:at|since|until|now|deadline)$/;

/** Our words as programs read them: member names in snake_case as in OAuth, moments in ISO 8601. */
export function toWire(value: unknown, name = ""): unknown {
  if (typeof value === "number" && isInstant.test(name)) return new Date(value).toISOString();
  if (Array.isArray(value)) return value.map((item) => toWire(item));
  if (typeof value !== "object" || value === null || foreign.has(name)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inside]) => [snakeCase(member), toWire(inside, member)]),
  );
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
