/** Text that a database column holds: PostgreSQL refuses NUL, and a document may carry one in any string. */
export function storableText(text: string | undefined): string | undefined {
  return text?.replaceAll("\0", "\uFFFD").toWellFormed();
}
