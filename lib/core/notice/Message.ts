import type { Notice } from "./Notice.ts";

/** A notice on its way to one channel. */
export interface Message {
  /** Of the event: the same on every try and every replay. */
  readonly id: string;
  readonly notice: Notice;
  /** Absolute address of the screen that shows it. */
  readonly link: string;
  /** Set for a digest: what gathered since the last one, instead of `notice` alone. */
  readonly digest?: readonly DigestLine[];
  /** How many more there were than the digest shows. */
  readonly more?: number;
}

export interface DigestLine {
  readonly notice: Notice;
  readonly link: string;
}
