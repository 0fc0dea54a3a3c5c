/**
 * A line of words as people type them: separated by spaces, with double quotes round what holds a space.
 * `owner:"AI Platform" claude` gives `owner:AI Platform` and `claude`; an open quote ends with the line.
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word = "";
  let quoted = false;
  let begun = false;
  for (const sign of line) {
    if (sign === '"') {
      quoted = !quoted;
      begun = true;
    } else if (/\s/.test(sign) && !quoted) {
      if (begun) words.push(word);
      word = "";
      begun = false;
    } else {
      word += sign;
      begun = true;
    }
  }
  if (begun) words.push(word);
  return words.filter((each) => each.trim() !== "");
}
