import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { isIP } from "node:net";
import { bits, der, integer, octets, oid, sequence, set, utcTime, utf8, yes } from "./der.ts";

const day = 86_400_000;

export interface IssueOptions {
  /** Already past its end. */
  readonly expired?: boolean;
}

export interface SandboxAuthority {
  readonly caPem: string;
  /** A leaf for these DNS names or IPv4 addresses, with the authority's certificate behind it; well under a millisecond. */
  issue(names: readonly string[], options?: IssueOptions): { key: string; cert: string };
}

/** A certificate authority of its own, in memory, EC P-256, without OpenSSL's command: one leaf per name, on the fly. */
export function makeSandboxAuthority(name = "Rollcall sandbox authority"): SandboxAuthority {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const leaf = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const leafKey = leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const issuer = distinguishedName(name);
  const now = Date.now();
  const start = new Date(now - day);
  const end = new Date(now + 365 * day);
  const write = (
    subject: Buffer,
    key: KeyObject,
    extensions: Buffer[],
    notBefore = start,
    notAfter = end,
  ): string =>
    certificate({ issuer, subject, key, extensions, notBefore, notAfter, signer: authority.privateKey });

  const authorityId = keyIdentifier(authority.publicKey);
  const caPem = write(issuer, authority.publicKey, [
    extension("2.5.29.19", sequence(yes()), true),
    extension("2.5.29.15", bits(Buffer.from([0x06]), 1), true),
    extension("2.5.29.14", octets(authorityId)),
  ]);

  return {
    caPem,
    issue(names, options = {}) {
      const [first = "localhost"] = names;
      const extensions = [
        extension("2.5.29.19", sequence(), true),
        extension("2.5.29.15", bits(Buffer.from([0x80]), 7), true),
        extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.1"))),
        extension("2.5.29.17", sequence(...names.map(generalName))),
        extension("2.5.29.14", octets(keyIdentifier(leaf.publicKey))),
        extension("2.5.29.35", sequence(der(0x80, authorityId))),
      ];
      const [from, to] = options.expired
        ? [new Date(now - 30 * day), new Date(now - 2 * day)]
        : [start, new Date(now + 90 * day)];
      const cert = write(distinguishedName(first.slice(0, 64)), leaf.publicKey, extensions, from, to);
      return { key: leafKey, cert: cert + caPem };
    },
  };
}

interface Parts {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly key: KeyObject;
  readonly extensions: Buffer[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly signer: KeyObject;
}

/** RFC 5280 §4.1, version 3, ecdsa-with-SHA256. */
function certificate(parts: Parts): string {
  const algorithm = sequence(oid("1.2.840.10045.4.3.2"));
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    parts.issuer,
    sequence(utcTime(parts.notBefore), utcTime(parts.notAfter)),
    parts.subject,
    parts.key.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...parts.extensions)),
  );
  const whole = sequence(toBeSigned, algorithm, bits(sign("sha256", toBeSigned, parts.signer)));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function distinguishedName(commonName: string): Buffer {
  return sequence(set(sequence(oid("2.5.4.3"), utf8(commonName))));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [yes()] : []), octets(value));
}

function generalName(name: string): Buffer {
  if (isIP(name) === 4) return der(0x87, Buffer.from(name.split(".").map(Number)));
  return der(0x82, Buffer.from(name));
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash("sha1")
    .update(key.export({ type: "spki", format: "der" }))
    .digest();
}
