/**
 * A label of a host name as people are shown it: `xn--…` decoded (RFC 3492), any other as it is. What cannot be decoded
 * stays as it is. For comparing by eye only: nothing is looked up or connected to by it.
 */
export function fromPunycode(label: string): string {
  return label.startsWith("xn--") ? (decode(label.slice(4)) ?? label) : label;
}

const base = 36;

function decode(text: string): string | undefined {
  const end = text.lastIndexOf("-");
  const output = Array.from(text.slice(0, Math.max(end, 0)), (letter) => letter.charCodeAt(0));
  let code = 128;
  let bias = 72;
  let index = 0;
  for (let at = end + 1; at < text.length;) {
    const before = index;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = digitOf(text.charCodeAt(at++));
      if (digit === undefined) return undefined;
      index += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= base - threshold;
    }
    const count = output.length + 1;
    bias = adapt(index - before, count, before === 0);
    code += Math.floor(index / count);
    if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    index %= count;
    output.splice(index++, 0, code);
  }
  return String.fromCodePoint(...output);
}

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > 455; k += base) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}

function digitOf(code: number): number | undefined {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  return code >= 0x30 && code <= 0x39 ? code - 0x30 + 26 : undefined;
}
