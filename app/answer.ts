import { Refusal, type RefusalCode } from "#lib/core/Refusal.ts";
import { context } from "./context.ts";

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: RefusalCode;
      readonly sentence: string;
      readonly fields: Readonly<Record<string, string>>;
    };

/** Runs a flow for a server action: a refusal becomes an answer, an outage a sentence without a stack, a bug is logged. */
export async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof Refusal || (error instanceof Error && error.name === "Refusal")) {
      const { code, message, fields } = error as Refusal;
      return { ok: false, code, sentence: message, fields };
    }
    if (isControlFlow(error)) throw error;
    (await context()).log.error({ err: error }, "action failed");
    return { ok: false, code: "unavailable", sentence: outageSentence(error), fields: {} };
  }
}

/** Next's redirect() and notFound() travel as errors. */
function isControlFlow(error: unknown): boolean {
  return typeof (error as { digest?: unknown }).digest === "string";
}

/** What an outage means for whoever waits: a sentence without a stack. */
export function outageSentence(error: unknown): string {
  const code =
    (error as { code?: string; cause?: { code?: string } }).code ??
    (error as { cause?: { code?: string } }).cause?.code ??
    "";
  if (/READONLY|EACCES|EROFS|25006/.test(code))
    return "The database cannot be written: it is read-only. Nothing was changed. Tell an administrator.";
  if (/BUSY|FULL|ENOSPC|ECONNREFUSED|57P/.test(code))
    return "The database does not answer right now. Nothing was changed. Try again in a moment.";
  return "Something went wrong on our side. Nothing was changed; the details are in the server's log. Try again.";
}
