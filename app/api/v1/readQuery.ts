import { Refusal } from "#lib/core/Refusal.ts";

const wereRead = new WeakSet<Request>();

/** The query's parameters, each at most once. Refuses those that nobody reads and, by name, those that are missing. */
export function readQuery<Name extends string, Needed extends Name = never>(
  request: Request,
  names: readonly Name[],
  needed: readonly Needed[] = [],
): { readonly [N in Name]?: string } & { readonly [N in Needed]: string } {
  wereRead.add(request);
  const query = new URL(request.url).searchParams;
  const faults: Record<string, string> = {};
  for (const name of new Set(query.keys()))
    if (!(names as readonly string[]).includes(name))
      faults[name] = `This parameter is not known. Known are: ${names.join(", ") || "none"}.`;
    else if (query.getAll(name).length > 1) faults[name] = "Give this parameter once.";
  for (const name of needed) if (!query.get(name)) faults[name] = "This parameter is missing.";
  refuse(faults);
  return Object.fromEntries(query) as ReturnType<typeof readQuery<Name, Needed>>;
}

/** Refuses every parameter of a request whose query nobody read. */
export function refuseUnread(request: Request): void {
  if (!wereRead.has(request)) readQuery(request, []);
}

/** A whole number from `min` to `max`, or the default. */
export function readWhole(
  name: string,
  text: string | undefined,
  { min, max, otherwise }: { min: number; max: number; otherwise: number },
): number {
  if (text === undefined) return otherwise;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= min && number <= max)) refuse({ [name]: `A whole number from ${min} to ${max}.` });
  return number;
}

function refuse(faults: Readonly<Record<string, string>>): void {
  const [first] = Object.entries(faults);
  if (first) throw new Refusal("invalid_input", `The query cannot be used. ${first[0]}: ${first[1]}`, faults);
}

/** The number in a path; `what` has it. */
export function readNumber(text: string, what = "A request"): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refusal("not_found", `${what} has a number, such as 12.`);
}
