/** "No" to a request for a reason of HTTP, before anything of ours was asked. */
export class ApiProblem extends Error {
  readonly status: number;
  /** The end of the problem's type, with hyphens. */
  readonly type: string;
  /** A sentence per member at fault, named as it was sent. */
  readonly errors: Readonly<Record<string, string>>;

  constructor(status: number, type: string, sentence: string, errors: Readonly<Record<string, string>> = {}) {
    super(sentence);
    this.name = "ApiProblem";
    this.status = status;
    this.type = type;
    this.errors = errors;
  }
}
