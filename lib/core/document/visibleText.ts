// Control, format (bidi and zero-width included), line and paragraph separators, private use and lone surrogates; what
// has no glyph of its own (fillers, joiners, selectors but those of emoji); and the blank Braille pattern.
const invisible =
  /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]--[\ufe0e\ufe0f]]/gv;

const printable = /^[\x20-\x7e]*$/;

/**
 * Untrusted text made safe to print in a sentence: control, bidi and invisible characters become `\uXXXX`,
 * and what is longer than `max` UTF-16 units is cut with "…".
 */
export function visibleText(text: string, max = 200): string {
  const shown = text.length > max ? text.slice(0, max) : text;
  const escaped = printable.test(shown) ? shown : shown.replace(invisible, escape);
  return text.length > max ? `${escaped}…` : escaped;
}

/** Whether a text carries characters that `visibleText` would escape. */
export function hasInvisible(text: string): boolean {
  return text.search(invisible) >= 0;
}

function escape(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}
