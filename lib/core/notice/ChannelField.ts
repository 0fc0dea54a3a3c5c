/** One setting of a kind of channel, as a form asks for it. */
export interface ChannelField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly optional?: boolean;
  /** `list`: several values, one per line. */
  readonly input: "text" | "url" | "number" | "list" | "choice";
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** What stands there at first. */
  readonly value?: string;
  /** Never shown again; left empty it stays as it is. */
  readonly secret?: boolean;
}
