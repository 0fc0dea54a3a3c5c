/** `1 error`, `2 errors`, `1,204 clients`. */
export function plural(n: number, word: string): string {
  return `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
}
