import { camelCase } from "#lib/core/naming.ts";
import { NoAnswer } from "./NoAnswer.ts";
import { isFileFault, readBody } from "./readBody.ts";

/** The text of a file; "-" is standard input. */
export async function readText(file: string): Promise<string> {
  const bytes = await readBody(file).catch((fault: unknown) => {
    throw isFileFault(fault) ? new NoAnswer(fault.message) : fault;
  });
  return new TextDecoder().decode(bytes);
}

/** A JSON object with the members the API takes, in our words. A member that nobody reads is refused. */
export async function readAsked(file: string, known: readonly string[]): Promise<Record<string, unknown>> {
  const value = parse(await readText(file), file);
  if (!isRecord(value)) throw new NoAnswer(`${file} is JSON but not an object.`);
  const unknown = membersOf(value).filter((member) => !known.includes(member));
  if (unknown.length > 0)
    throw new NoAnswer(
      `Unknown in ${file}: ${[...new Set(unknown)].join(", ")}. Known are: ${known.join(", ")}.`,
    );
  return renamed(value) as Record<string, unknown>;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NoAnswer(`${file} is not JSON: ${(error as Error).message}`);
  }
}

function membersOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(membersOf);
  return isRecord(value)
    ? Object.entries(value).flatMap(([name, inside]) => [name, ...membersOf(inside)])
    : [];
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => [camelCase(name), renamed(inside)]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
