import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { isIPv4 } from "node:net";

const signatureAlgorithm = sequence(oid("2a8648ce3d040302")); // ecdsa-with-SHA256

export interface Issued {
  /** Private key, PEM (PKCS #8). */
  readonly key: string;
  /** Certificate, PEM. */
  readonly cert: string;
}

export interface Life {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export interface Authority {
  /** The root certificate, PEM: what a client has to trust. */
  readonly caPem: string;
  /** A server certificate for DNS names and IPv4 addresses; wildcards are written as in a certificate. */
  issue(names: readonly string[], life?: Life): Issued;
}

/** A certificate authority made on the spot for tests and the sandbox, with P-256 keys that live only in memory (RFC 5280). */
export function makeAuthority(commonName = "Rollcall test authority"): Authority {
  const root = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const rootId = keyId(root.publicKey);
  const caPem = certificate(commonName, commonName, root.publicKey, root.privateKey, {}, [
    extension("551d13", true, sequence(boolean(true))), // basicConstraints: a CA
    extension("551d0f", true, Buffer.from([0x03, 0x02, 0x01, 0x06])), // keyUsage: keyCertSign, cRLSign
    extension("551d0e", false, tagged(0x04, rootId)), // subjectKeyIdentifier
  ]);
  return {
    caPem,
    issue(names, life = {}) {
      const leaf = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const cert = certificate(names[0] ?? "nobody", commonName, leaf.publicKey, root.privateKey, life, [
        extension("551d13", true, sequence()),
        extension("551d0f", true, Buffer.from([0x03, 0x02, 0x07, 0x80])), // keyUsage: digitalSignature
        extension("551d25", false, sequence(oid("2b06010505070301"))), // extKeyUsage: serverAuth
        extension("551d11", false, sequence(...names.map(alternativeName))),
        extension("551d23", false, sequence(tagged(0x80, rootId))), // authorityKeyIdentifier
      ]);
      return { key: leaf.privateKey.export({ type: "pkcs8", format: "pem" }) as string, cert };
    },
  };
}

function certificate(
  subject: string,
  issuer: string,
  subjectKey: KeyObject,
  signer: KeyObject,
  life: Life,
  extensions: readonly Buffer[],
): string {
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([0x4a]), randomBytes(15)])),
    signatureAlgorithm,
    name(issuer),
    sequence(
      time(life.notBefore ?? new Date("2024-01-01T00:00:00Z")),
      time(life.notAfter ?? new Date("2049-01-01T00:00:00Z")),
    ),
    name(subject),
    subjectKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", body, { key: signer, dsaEncoding: "der" });
  const der = sequence(body, signatureAlgorithm, tagged(0x03, Buffer.from([0]), signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function alternativeName(text: string): Buffer {
  return isIPv4(text)
    ? tagged(0x87, Buffer.from(text.split(".").map(Number)))
    : tagged(0x82, Buffer.from(text));
}

function keyId(key: KeyObject): Buffer {
  return createHash("sha1")
    .update(key.export({ type: "spki", format: "der" }).subarray(26))
    .digest();
}

function name(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(oid("550403"), tagged(0x0c, Buffer.from(commonName)))));
}

/** UTCTime: good from 1950 to 2049. */
function time(moment: Date): Buffer {
  return tagged(0x17, Buffer.from(moment.toISOString().slice(2, 19).replace(/[-T:]/g, "") + "Z"));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), tagged(0x04, value));
}

function boolean(value: boolean): Buffer {
  return Buffer.from([0x01, 0x01, value ? 0xff : 0x00]);
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size = body.length;
  const head =
    size < 0x80 ? [tag, size] : size < 0x100 ? [tag, 0x81, size] : [tag, 0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from(head), body]);
}
