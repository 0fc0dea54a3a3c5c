/** Just enough DER (ITU-T X.690) to write a certificate. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const digits = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
}

export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
export const octets = (value: Uint8Array) => der(0x04, value);
export const bits = (value: Uint8Array, unused = 0) => der(0x03, Buffer.from([unused]), value);
export const utf8 = (value: string) => der(0x0c, Buffer.from(value));
export const yes = () => der(0x01, Buffer.from([0xff]));

/** A positive INTEGER from its big-endian bytes. */
export function integer(value: Uint8Array): Buffer {
  return der(0x02, (value[0] ?? 0) & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), value);
}

/** UTCTime, good until 2049. */
export function utcTime(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const digits = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return der(0x06, Buffer.from(bytes));
}
