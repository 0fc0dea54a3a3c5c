const octets = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));

/** The bytes of unpadded base64url text as lower-case hex; undefined when it is not (RFC 7515 §2). */
export function base64UrlToHex(text: unknown): string | undefined {
  if (typeof text !== "string" || text.length % 4 === 1 || !/^[\w-]+$/.test(text)) return undefined;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  let hex = "";
  for (let index = 0; index < binary.length; index += 1) {
    hex += octets[binary.charCodeAt(index)];
  }
  return hex;
}
