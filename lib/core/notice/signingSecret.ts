/** A signing secret as Standard Webhooks writes it, from 32 random bytes in base64url. */
export function signingSecret(token: string): string {
  const plain = token.replaceAll("-", "+").replaceAll("_", "/");
  return `whsec_${plain.padEnd(Math.ceil(plain.length / 4) * 4, "=")}`;
}
