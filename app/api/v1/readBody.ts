import { ApiProblem } from "./ApiProblem.ts";
import { camelCase } from "#lib/core/naming.ts";

export const maxBodyBytes = 64 * 1024;

/** The members a body may have; a nested shape is that of an object, or of every object in an array. */
export interface Shape {
  readonly [member: string]: true | Shape;
}

/**
 * Reads a JSON object of at most `most` bytes, 64 KiB unless said, and gives its members in our words. Values are checked by the flow; here only
 * what a flow cannot see is refused: not JSON, too much, or a member nobody reads.
 */
export async function readBody(
  request: Request,
  shape: Shape,
  most = maxBodyBytes,
): Promise<Record<string, unknown>> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new ApiProblem(415, "unsupported-media-type", "Send the body as application/json.");
  const value = parse(await readText(request, most));
  if (!isRecord(value)) throw new ApiProblem(400, "invalid-json", "The body is JSON but not an object.");
  const unknown: Record<string, string> = {};
  const renamed = rename(value, shape, "", unknown);
  const names = Object.keys(unknown);
  if (names.length > 0)
    throw new ApiProblem(
      422,
      "invalid-input",
      `Unknown ${names.length === 1 ? "member" : "members"}: ${names.join(", ")}. Known are: ${Object.keys(shape).join(", ") || "none"}.`,
      unknown,
    );
  return renamed;
}

/** For a request that may come without a body. */
export async function readOptionalBody(request: Request, shape: Shape): Promise<Record<string, unknown>> {
  return request.headers.get("content-type") ? readBody(request, shape) : {};
}

async function readText(request: Request, most: number): Promise<string> {
  const tooLarge = () => new ApiProblem(413, "too-large", `The body is larger than ${most / 1024} KiB.`);
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new ApiProblem(400, "invalid-json", "The body is not UTF-8.");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiProblem(400, "invalid-json", `The body is not JSON: ${(error as Error).message}`);
  }
}

function rename(
  value: Record<string, unknown>,
  shape: Shape,
  path: string,
  unknown: Record<string, string>,
): Record<string, unknown> {
  const renamed: Record<string, unknown> = {};
  for (const [member, inside] of Object.entries(value)) {
    const known = Object.hasOwn(shape, member) ? shape[member] : undefined;
    if (known === undefined) unknown[path + member] = "This member is not known.";
    else renamed[camelCase(member)] = known === true ? inside : deeper(inside, known, path + member, unknown);
  }
  return renamed;
}

function deeper(value: unknown, shape: Shape, path: string, unknown: Record<string, string>): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => deeper(item, shape, `${path}.${index}`, unknown));
  return isRecord(value) ? rename(value, shape, `${path}.`, unknown) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
