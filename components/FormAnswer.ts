import type { RefusalCode } from "#lib/core/Refusal.ts";

/** What a server action says to its form: it happened, or a sentence about why not. */
export type FormAnswer<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: RefusalCode;
      readonly sentence: string;
      readonly fields: Readonly<Record<string, string>>;
    };

/** A server action used by ActionForm: the form's data in, an answer out. */
export type FormAction<T = unknown> = (
  previous: FormAnswer<T> | null,
  form: FormData,
) => Promise<FormAnswer<T>>;
