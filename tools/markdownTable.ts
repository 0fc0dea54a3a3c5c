/** Lines of a Markdown table. Cells are shown as they are: what Markdown or HTML would interpret is escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map((cells) => line(cells.map(escapeCell)))];
}

function escapeCell(text: string): string {
  return text
    .replaceAll("\n", " ")
    .split(/(`[^`]*`)/)
    .map((piece) =>
      piece.startsWith("`") ? piece.replaceAll("|", "\\|") : piece.replace(/[\\|*<>]/g, "\\$&"),
    )
    .join("");
}
