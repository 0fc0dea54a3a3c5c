/** A redirect URI with what it means: its class, how it is compared, and where it goes in words. */
export interface ExplainedRedirect {
  readonly uri: string;
  readonly class: string;
  readonly match: string;
  readonly words: string;
}
