/** One line of the journal as it is hashed. */
export interface JournalLine {
  readonly seq: number;
  readonly at: number;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Hash of the line before, "" for the first. */
  readonly prevHash: string;
}

/** The exact text that is stored and hashed. Stored, not rebuilt: no canonical form is needed to verify it. */
export function journalBytes(line: JournalLine): string {
  const { seq, at, actor, action, subject, detail, prevHash } = line;
  return JSON.stringify({
    seq,
    at: new Date(at).toISOString(),
    actor,
    action,
    subject,
    detail,
    prev: prevHash,
  });
}
