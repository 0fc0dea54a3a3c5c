import type { JWK } from "jose";

/** The seam for external signers (KMS, PKCS#11): whoever holds the private key signs bytes and nothing else. */
export interface Signer {
  /** RFC 7638 SHA-256 thumbprint of `publicJwk`. */
  readonly kid: string;
  readonly alg: "ES256" | "Ed25519";
  readonly publicJwk: JWK;
  /** Returns JOSE signature bytes: r||s for ES256, 64 bytes for Ed25519; never DER. */
  sign(input: Uint8Array): Promise<Uint8Array>;
}
