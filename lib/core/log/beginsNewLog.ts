/** Whether a line of the journal says that a list resumed after a restored backup: the log before it may have been longer. */
export function beginsNewLog({
  action,
  bytes,
}: {
  readonly action: string;
  /** The line as it was hashed: JSON. */
  readonly bytes: string;
}): boolean {
  if (action !== "list.resumed") return false;
  const { detail } = JSON.parse(bytes) as { detail?: { after?: unknown } };
  return typeof detail?.after === "number";
}
