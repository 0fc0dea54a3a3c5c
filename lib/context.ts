import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pino, { type Logger } from "pino";
import type { Config } from "./config.ts";
import type { Instant } from "./core/Instant.ts";
import type { Database } from "./db/Database.ts";
import { openDatabase } from "./db/openDatabase.ts";
import { find } from "./db/rows.ts";
import { createSigningKey, type NewSigningKey } from "./keys/createSigningKey.ts";
import { externalSigners, type ExternalSigners } from "./keys/externalSigner.ts";
import { loadKek } from "./keys/loadKek.ts";
import { localSigner } from "./keys/localSigner.ts";
import { createLogKey, openLogKey, type NewLogKey, type NoteSigner } from "./keys/logKey.ts";
import { probeSigner } from "./keys/probeSigner.ts";
import { createRootKey, openRootKey, signKeySet, type NewRootKey } from "./keys/rootKey.ts";
import type { Signer } from "./keys/Signer.ts";
import { signHead } from "./keys/signHead.ts";
import { verifyKeySet } from "./keys/verifyKeySet.ts";
import { createNet } from "./net/createNet.ts";
import { createOutbound } from "./net/createOutbound.ts";
import type { Net } from "./net/NetOptions.ts";
import { createMailer } from "./notify/createMailer.ts";
import { createNotify, type Notify } from "./notify/createNotify.ts";

/** The tray that is carried through every flow: hands, clock and chance. Nothing below reads a clock or makes an id itself. */
export interface Context {
  readonly config: Config;
  readonly db: Database;
  readonly net: Net;
  readonly notify: Notify;
  readonly log: Logger;
  readonly verifyKeySet: typeof verifyKeySet;
  /** Present in the worker and in commands that ask for it: the web process can never sign. */
  readonly keys?: Keys;
  clock(): Instant;
  /** A new id, sortable by the time of its making. */
  newId(): string;
  /** A secret of 256 bits, base64url. */
  newToken(): string;
  close(): Promise<void>;
}

export interface Keys {
  /** Keys that a service holds; absent when none is configured. */
  readonly external?: ExternalSigners;
  create(): Promise<NewSigningKey>;
  open(sealed: string, kid: string): Promise<Signer>;
  createLog(origin: string): Promise<NewLogKey>;
  openLog(sealed: string, id: string, origin: string): Promise<NoteSigner>;
  readonly sign: typeof signHead;
  /** Has the signer sign what is no head and no key set, and verifies it. Throws an Error that says what is wrong. */
  probe(signer: Signer): Promise<void>;
  readonly warnings: readonly string[];
}

export interface ContextOptions {
  /** Load the key-encryption key, making it at first start. */
  readonly withKeys?: boolean;
  readonly process: "web" | "worker" | "cli";
}

/** Opens everything a process needs. Close it when done. */
export async function openContext(config: Config, options: ContextOptions): Promise<Context> {
  const clock = () => Date.now();
  const random = (bytes: number) => Uint8Array.from(randomBytes(bytes));
  const forIds = pooled(random);
  const log = pino({ level: config.logLevel, base: { process: options.process } }, pino.destination(2));
  const db = await openDatabase(config.databaseUrl, join(rootFolder(), "drizzle"));
  const net = openNet(config);
  const keys = options.withKeys
    ? await openKeys(config, db, random).catch(async (error: unknown) => {
        await Promise.all([net.close(), db.close()]);
        throw error;
      })
    : undefined;
  return {
    config,
    db,
    net,
    notify: openNotify(config, clock),
    log,
    verifyKeySet,
    keys,
    clock,
    newId: () => newId(clock(), forIds),
    newToken: () => Buffer.from(random(32)).toString("base64url"),
    async close() {
      await net.close();
      await db.close();
    },
  };
}

/** The guarded fetch alone, for what needs no database. Close it when done. */
export function openNet(config: Config): Net {
  return createNet({
    now: () => Date.now(),
    clock: () => performance.now(),
    userAgent: `Rollcall/0.1 (+${config.baseUrl})`,
    dnsServers: config.dnsServers,
    certificateAuthorities: config.extraCaFile ? [readFileSync(config.extraCaFile, "utf8")] : undefined,
    allowedCidrs: config.allowedCidrs,
    allowedPorts: config.allowedPorts,
    egressPort: config.egressPort,
    limits: {
      documentBytes: config.documentMaxBytes,
      jwksBytes: config.keySetMaxBytes,
      deadline: config.fetchTimeoutMs,
    },
  });
}

/** The channels with the hands they send with: all of them behind the guard. */
export function openNotify(config: Config, now: () => Instant): Notify {
  const smtp = config.smtpUrl ? new URL(config.smtpUrl) : undefined;
  const hostName = new URL(config.baseUrl).hostname;
  const outbound = createOutbound({
    now,
    userAgent: `Rollcall/0.1 (+${config.baseUrl})`,
    dnsServers: config.dnsServers,
    certificateAuthorities: config.extraCaFile ? [readFileSync(config.extraCaFile, "utf8")] : undefined,
    allowedCidrs: config.allowedCidrs,
    allowedPorts: config.allowedPorts,
    egressPort: config.egressPort,
    // The operator chose the mail server: it needs no second listing.
    notifyHosts: smtp
      ? [...config.notifyHosts, `${smtp.hostname}:${smtp.port || (smtp.protocol === "smtps:" ? 465 : 587)}`]
      : config.notifyHosts,
  });
  const { secureContext, openSocket } = outbound;
  return createNotify({
    now,
    hostName,
    post: outbound.post,
    openSocket,
    sendDatagram: outbound.sendDatagram,
    sendMail: createMailer({
      smtpUrl: config.smtpUrl,
      from: config.mailFrom,
      hostName,
      secureContext,
      openSocket,
    }),
  });
}

/** The signing service of this configuration, reached through the guard; the operator who names it lists its host. */
export function openExternalSigners(config: Config): ExternalSigners | undefined {
  if (!config.signerUrl) return undefined;
  const url = new URL(config.signerUrl);
  const outbound = createOutbound({
    now: () => Date.now(),
    userAgent: `Rollcall/0.1 (+${config.baseUrl})`,
    dnsServers: config.dnsServers,
    certificateAuthorities: config.extraCaFile ? [readFileSync(config.extraCaFile, "utf8")] : undefined,
    allowedCidrs: config.allowedCidrs,
    allowedPorts: config.allowedPorts,
    egressPort: config.egressPort,
    notifyHosts: [`${url.hostname}:${url.port || (url.protocol === "https:" ? 443 : 80)}`],
    deadline: config.signerTimeoutMs,
  });
  return externalSigners({ url: config.signerUrl, token: config.signerToken, ask: outbound.ask });
}

/** What the machine with the root key needs: no database, no configuration. */
export interface RootTools {
  create(passphrase: string): Promise<NewRootKey>;
  open(sealed: string, passphrase: string): Promise<Signer>;
  readonly sign: typeof signKeySet;
}

export function openRootTools(): RootTools {
  return {
    create: (passphrase) => createRootKey(passphrase, (bytes) => Uint8Array.from(randomBytes(bytes))),
    open: openRootKey,
    sign: signKeySet,
  };
}

/** A new key-encryption key is made for a new installation only: beside keys sealed with another it would help nobody. */
async function openKeys(
  config: Config,
  db: Database,
  random: (bytes: number) => Uint8Array<ArrayBuffer>,
): Promise<Keys> {
  const file = config.keyEncryptionKeyFile;
  if (!config.keyEncryptionKey && !existsSync(file) && (await find(db, "signingKey", {})))
    throw new Error(
      `The key-encryption key is missing: there is no file ${file} and ROLLCALL_KEY_ENCRYPTION_KEY is not set, but the database holds signing keys sealed with it. Restore it from its backup.`,
    );
  const kek = await loadKek({ value: config.keyEncryptionKey, file: config.keyEncryptionKeyFile, random });
  return {
    external: openExternalSigners(config),
    create: () => createSigningKey(kek, random),
    open: (sealed, kid) => localSigner(kek, sealed, kid),
    createLog: (origin) => createLogKey(kek, random, origin),
    openLog: (sealed, id, origin) => openLogKey(kek, sealed, id, origin),
    sign: signHead,
    probe: probeSigner,
    warnings: kek.warnings,
  };
}

/** 48 bits of time, 80 of chance, in base 32: sorts as text in the order of making. */
export function newId(now: Instant, random: (bytes: number) => Uint8Array): string {
  const digits = "0123456789abcdefghjkmnpqrstvwxyz";
  let id = "";
  for (let shift = 45; shift >= 0; shift -= 5) id += digits[Math.floor(now / 2 ** shift) % 32];
  for (const byte of random(16)) id += digits[byte % 32];
  return id;
}

/** Chance fetched 4 KB ahead: asking the system for the few bytes of one id costs more than all else about it. */
function pooled(random: (bytes: number) => Uint8Array): (bytes: number) => Uint8Array {
  let pool = random(0);
  return (bytes) => {
    if (pool.length < bytes) pool = random(4_096);
    const taken = pool.subarray(0, bytes);
    pool = pool.subarray(bytes);
    return taken;
  };
}

/** Where `drizzle/` lies: the working directory of every process is the project's root, in development and installed. */
function rootFolder(): string {
  return process.env["ROLLCALL_TEST_ROOT"] ?? process.cwd();
}
