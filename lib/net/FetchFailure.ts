import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";

/** Carries an outcome out of the depths of a connection; it never leaves this folder. */
export class FetchFailure extends Error {
  readonly outcome: FetchOutcome;
  /** The address connected to, when it came that far. */
  readonly address: string | undefined;

  constructor(outcome: FetchOutcome, sentence: string, address?: string) {
    super(sentence);
    this.name = "FetchFailure";
    this.outcome = outcome;
    this.address = address;
  }
}

/** Said of a status that is none (RFC 9110 §15). */
export function notStatus(status: number): string {
  return `The server answered with status ${status}, which is none.`;
}
