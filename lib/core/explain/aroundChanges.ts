import type { TextLine } from "./diffText.ts";

/** A line of a difference, or how many equal lines were left out there. */
export type ShortLine = TextLine | { readonly kind: "gap"; readonly lines: number };

/** The changed lines of a difference with `context` equal ones around them; nothing when nothing changed. */
export function aroundChanges(lines: readonly TextLine[], context = 3): ShortLine[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, at) => {
    if (kind === "same") return;
    for (let place = at - context; place <= at + context; place++) near.add(place);
  });
  const shown: ShortLine[] = [];
  let left = 0;
  const close = () => {
    if (left > 0) shown.push({ kind: "gap", lines: left });
    left = 0;
  };
  if (near.size === 0) return [];
  lines.forEach((line, at) => {
    if (!near.has(at)) left++;
    else {
      close();
      shown.push(line);
    }
  });
  close();
  return shown;
}
