import { visibleText } from "#lib/core/document/visibleText.ts";

/** One printed line of a document and the JSON Pointer of the value that begins on it. */
export interface PrettyLine {
  readonly text: string;
  /** Null on closing brackets and in text that is not JSON. */
  readonly pointer: string | null;
}

const maxLines = 1_000;

/**
 * A document printed for reading, two spaces deep, every line with the place it shows; short arrays and objects stand
 * on one line only when they are empty. Text that is not JSON is given as it came. Invisible characters are escaped.
 */
export function prettyLines(text: string): PrettyLine[] {
  const lines: PrettyLine[] = [];
  const put = (line: string, pointer: string | null) => {
    if (lines.length < maxLines) lines.push({ text: visibleText(line, 4_000), pointer });
    else if (lines.length === maxLines) lines.push({ text: "…", pointer: null });
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    for (const line of text.split(/\r\n|\r|\n/)) put(line, null);
    return lines;
  }
  print(value, "", 0, "", "", put);
  return lines;
}

function print(
  value: unknown,
  pointer: string,
  depth: number,
  lead: string,
  tail: string,
  put: (line: string, pointer: string | null) => void,
): void {
  const indent = "  ".repeat(depth);
  const isArray = Array.isArray(value);
  const entries = isArray
    ? value.map((item, at): [string, unknown] => [String(at), item])
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : undefined;
  if (!entries || entries.length === 0 || depth > 32) {
    put(`${indent}${lead}${JSON.stringify(value)}${tail}`, pointer);
    return;
  }
  put(`${indent}${lead}${isArray ? "[" : "{"}`, pointer);
  entries.forEach(([name, item], at) => {
    const place = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const before = isArray ? "" : `${JSON.stringify(name)}: `;
    print(item, place, depth + 1, before, at < entries.length - 1 ? "," : "", put);
  });
  put(`${indent}${isArray ? "]" : "}"}${tail}`, null);
}
