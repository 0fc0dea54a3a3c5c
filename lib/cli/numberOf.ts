import { NoAnswer } from "./NoAnswer.ts";

/** A number of the command line; `what` has it. */
export function numberOf(text: string | undefined, what: string): number {
  if (text !== undefined && /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new NoAnswer(`${what} has a number, such as 12.`);
}
