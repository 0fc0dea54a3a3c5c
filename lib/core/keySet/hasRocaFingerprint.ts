// Primes below 168; a modulus of the flawed library is a power of 65537 modulo each of them.
const primes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];
const powers = primes.map((prime) => {
  const seen = new Set<number>();
  for (let power = 1; !seen.has(power); power = (power * 65_537) % prime) seen.add(power);
  return { prime: BigInt(prime), seen };
});

/** Whether an RSA modulus carries the fingerprint of CVE-2017-15361 (ROCA): such keys can be factored. */
export function hasRocaFingerprint(modulus: bigint): boolean {
  return modulus > 0n && powers.every(({ prime, seen }) => seen.has(Number(modulus % prime)));
}
