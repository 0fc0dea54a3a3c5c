/** Order of P-256 (NIST SP 800-186). */
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * An ECDSA signature over P-256 from DER (`SEQUENCE { r INTEGER, s INTEGER }`, RFC 3279 §2.2.3) to JOSE's r||s of 64 bytes
 * (RFC 7518 §3.4). Takes strict DER only; throws an Error that says what is wrong: another encoding, trailing bytes, a
 * number that is negative, padded, zero or not below the order.
 */
export function derToJose(der: Uint8Array): Uint8Array {
  if (der.length === 64 && der[0] !== 0x30)
    throw new Error("The signature has 64 bytes and is not DER; it seems to be r||s already.");
  if (der[0] !== 0x30) throw new Error("The signature is not DER: it does not begin with a SEQUENCE.");
  // Two numbers of at most 33 bytes: the long form of a length never occurs.
  if (der[1] === undefined || der[1] >= 0x80 || der[1] !== der.length - 2)
    throw new Error("The signature is not DER: its length is wrong, or bytes follow it.");
  const r = readInteger(der, 2);
  const s = readInteger(der, r.end);
  if (s.end !== der.length) throw new Error("The signature is not DER: bytes follow the second number.");
  const jose = new Uint8Array(64);
  jose.set(r.value, 32 - r.value.length);
  jose.set(s.value, 64 - s.value.length);
  return jose;
}

function readInteger(der: Uint8Array, at: number): { value: Uint8Array; end: number } {
  const length = der[at + 1];
  if (der[at] !== 0x02 || length === undefined || length === 0 || length >= 0x80)
    throw new Error("The signature is not DER: a number is missing.");
  const end = at + 2 + length;
  if (end > der.length) throw new Error("The signature is not DER: it is cut off.");
  const bytes = der.subarray(at + 2, end);
  const [first = 0, second = 0] = bytes;
  if (first >= 0x80) throw new Error("The signature is not DER: a number is negative.");
  if (first === 0 && length > 1 && second < 0x80)
    throw new Error("The signature is not DER: a number is longer than it needs to be.");
  const value = first === 0 ? bytes.subarray(1) : bytes;
  const number = value.length === 0 ? 0n : BigInt(`0x${Buffer.from(value).toString("hex")}`);
  if (number === 0n || number >= n)
    throw new Error("The signature is none of P-256: a number is out of range.");
  return { value, end };
}
