import { join } from "node:path";
import { z } from "zod";

/** Everything the outside can set. Read once at start by `readConfig`; durations in the unit their name says. */
export interface Config {
  readonly dataDir: string;
  /** `postgres://…`, or the path of the SQLite file. */
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Public base URL without a trailing slash: issuer of the allowlist and start of every link. */
  readonly baseUrl: string;
  /** Where the worker reaches the web process to look at its own lists, when that is not the base URL. */
  readonly internalUrl?: string;
  /** Blocks of addresses whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  readonly keyEncryptionKey?: string;
  readonly keyEncryptionKeyFile: string;
  /** Base URL of a service that holds signing keys; absent: they are in the database, sealed. */
  readonly signerUrl?: string;
  readonly signerToken?: string;
  readonly signerTimeoutMs: number;
  readonly solo: boolean;
  readonly demo: boolean;
  readonly sandboxControl?: string;
  readonly dnsServers: readonly string[];
  readonly extraCaFile?: string;
  readonly allowedCidrs: readonly string[];
  readonly allowedPorts: readonly number[];
  readonly egressPort?: number;
  readonly documentMaxBytes: number;
  readonly keySetMaxBytes: number;
  readonly fetchTimeoutMs: number;
  /** Requests a second that one host, or one registrable domain, gets from the worker; twice as many at once. */
  readonly hostBudgetPerSecond: number;
  /** How far `Cache-Control: max-age` may put off the visits of medium and low clients. */
  readonly stretchHours: number;
  /** Client_ids that nobody knew which one server may bring in an hour; what is beyond is counted only. */
  readonly newClientsPerHour: number;
  /** Sighted clients that are taken into the inventory as discovered in a day; 0: none. */
  readonly discoverPerDay: number;
  /** Hosts that notifications may go to although they are not public: `host` or `host:port`. */
  readonly notifyHosts: readonly string[];
  /** `smtp(s)://user:password@host:port`; absent: no mail is sent. */
  readonly smtpUrl?: string;
  /** Address that mail comes from. */
  readonly mailFrom: string;
  readonly headLifetimeSeconds: number;
  readonly headTtlSeconds: number;
  readonly resignSeconds: number;
  /** How long what an older release said is stored after its last head has ended. */
  readonly releasesKeptDays: number;
  readonly approvalDelayMs: number;
  readonly sessionHours: number;
  readonly logLevel: string;
}

/** All faults of a configuration at once, one sentence each. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n- ${faults.join("\n- ")}`,
    );
    this.name = "ConfigError";
    this.faults = faults;
  }
}

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);
const flag = z
  .enum(["true", "false"], { error: "must be true or false" })
  .transform((text) => text === "true");
const whole = (min: number, max: number, unit = "") =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number${unit && ` of ${unit}`} from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be from ${min} to ${max}${unit && ` ${unit}`}`);

const blocks = list.refine(
  (cidrs) => cidrs.every((cidr) => /^[0-9a-fA-F.:]+\/\d{1,3}$/.test(cidr)),
  "must be CIDRs such as 10.20.0.0/16",
);

const shape = {
  ROLLCALL_DATA_DIR: z.string().default("./data"),
  ROLLCALL_DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      "must start with postgres:// (leave it out to use SQLite in the data folder)",
    )
    .optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: whole(1, 65_535).default(3_000),
  ROLLCALL_BASE_URL: z
    .url({ protocol: /^https?$/, error: "must be an absolute http or https URL" })
    .refine((url) => !/[?#]/.test(url), "must have no query and no fragment")
    .optional(),
  ROLLCALL_INTERNAL_URL: z
    .url({ protocol: /^https?$/, error: "must be an absolute http or https URL" })
    .refine((url) => !/[?#]/.test(url), "must have no query and no fragment")
    .optional(),
  ROLLCALL_TRUSTED_PROXIES: blocks.default([]),
  ROLLCALL_KEY_ENCRYPTION_KEY: z.string().optional(),
  ROLLCALL_SIGNER_URL: z
    .url({ protocol: /^https?$/, error: "must be an absolute http or https URL" })
    .refine((url) => !/[?#@]/.test(url), "must have no query, no fragment and no user")
    .optional(),
  ROLLCALL_SIGNER_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "must be one line without spaces")
    .optional(),
  ROLLCALL_SIGNER_TIMEOUT_MS: whole(500, 30_000, "milliseconds").default(5_000),
  ROLLCALL_SOLO: flag.default(false),
  ROLLCALL_DEMO: flag.default(false),
  ROLLCALL_SANDBOX_CONTROL: z.string().optional(),
  ROLLCALL_DNS_SERVERS: list.default([]),
  ROLLCALL_EXTRA_CA_FILE: z.string().optional(),
  ROLLCALL_ALLOWED_CIDRS: blocks.default([]),
  ROLLCALL_ALLOWED_PORTS: list
    .refine(
      (ports) => ports.every((port) => /^\d+$/.test(port) && Number(port) < 65_536),
      "must be port numbers",
    )
    .transform((ports) => ports.map(Number))
    .default([]),
  ROLLCALL_EGRESS_PORT: whole(1, 65_535).optional(),
  ROLLCALL_DOCUMENT_MAX_BYTES: whole(1_024, 65_536, "bytes").default(5_120),
  ROLLCALL_KEY_SET_MAX_BYTES: whole(1_024, 1_048_576, "bytes").default(65_536),
  ROLLCALL_FETCH_TIMEOUT_MS: whole(500, 60_000, "milliseconds").default(10_000),
  ROLLCALL_NOTIFY_HOSTS: list
    .refine(
      (hosts) => hosts.every((host) => /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host)),
      "must be hosts such as hooks.corp.example or 10.0.0.7:6514",
    )
    .default([]),
  ROLLCALL_SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: "must be smtp://host:port or smtps://host:port, with user:password@ if needed",
    })
    .optional(),
  ROLLCALL_MAIL_FROM: z
    .string()
    .regex(/^[^\s@<>",;:]+@[^\s@<>",;:]+$/, "must be an e-mail address such as rollcall@example.com")
    .optional(),
  ROLLCALL_HOST_BUDGET_PER_SECOND: whole(1, 10_000, "requests").default(2),
  ROLLCALL_STRETCH_HOURS: whole(1, 168, "hours").default(12),
  ROLLCALL_NEW_CLIENTS_PER_HOUR: whole(1, 100_000, "client_ids").default(500),
  ROLLCALL_DISCOVER_PER_DAY: whole(0, 100_000, "clients").default(200),
  ROLLCALL_HEAD_LIFETIME_SECONDS: whole(900, 604_800, "seconds").default(86_400),
  ROLLCALL_HEAD_TTL_SECONDS: whole(5, 3_600, "seconds").default(10),
  ROLLCALL_RESIGN_SECONDS: whole(5, 86_400, "seconds").default(900),
  ROLLCALL_RELEASES_KEPT_DAYS: whole(7, 3_650, "days").default(30),
  ROLLCALL_APPROVAL_DELAY_MS: whole(0, 60_000, "milliseconds").default(2_000),
  ROLLCALL_SESSION_HOURS: whole(1, 720, "hours").default(12),
  ROLLCALL_LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"], {
      error: "must be silent, error, warn, info or debug",
    })
    .default("info"),
};

/** Values that may hold a secret can be given as a file instead: `NAME_FILE=/run/secrets/name`. */
const secrets = ["ROLLCALL_DATABASE_URL", "ROLLCALL_SMTP_URL", "ROLLCALL_SIGNER_TOKEN"] as const;

/**
 * Configuration from the environment: every value has a default, and all faults are reported together.
 * @param readFile reads a `_FILE` secret; throws when it cannot.
 * @throws ConfigError
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): Config {
  const faults: string[] = [];
  const given: Record<string, string> = {};
  for (const name of Object.keys(shape)) if (env[name]) given[name] = env[name];
  for (const name of secrets) {
    const path = env[`${name}_FILE`];
    if (!path) continue;
    if (given[name]) faults.push(`${name} and ${name}_FILE are both set: keep one.`);
    try {
      given[name] = readFile(path).trim();
    } catch (error) {
      faults.push(`${name}_FILE: ${path} cannot be read (${(error as Error).message}).`);
    }
  }
  for (const name of Object.keys(env)) {
    if (name.startsWith("ROLLCALL_") && !(name in shape) && !known.test(name))
      faults.push(`${name} is not a setting of Rollcall. See docs/configuration.md for the list.`);
  }
  const parsed = z.object(shape).safeParse(given);
  if (!parsed.success)
    for (const { path, message } of parsed.error.issues) {
      const name = String(path[0]);
      const secret = name === "ROLLCALL_KEY_ENCRYPTION_KEY" || (secrets as readonly string[]).includes(name);
      faults.push(`${name} ${message}.${secret ? "" : ` It is ${JSON.stringify(given[name])}.`}`);
    }
  if (parsed.data && parsed.data.ROLLCALL_RESIGN_SECONDS * 2 > parsed.data.ROLLCALL_HEAD_LIFETIME_SECONDS)
    faults.push(
      "ROLLCALL_RESIGN_SECONDS must be at most half of ROLLCALL_HEAD_LIFETIME_SECONDS, or lists run out between two signatures.",
    );
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults);
  const v = parsed.data;
  return {
    dataDir: v.ROLLCALL_DATA_DIR,
    databaseUrl: v.ROLLCALL_DATABASE_URL ?? join(v.ROLLCALL_DATA_DIR, "rollcall.sqlite"),
    host: v.HOST,
    port: v.PORT,
    baseUrl: (v.ROLLCALL_BASE_URL ?? `http://localhost:${v.PORT}`).replace(/\/+$/, ""),
    internalUrl: v.ROLLCALL_INTERNAL_URL?.replace(/\/+$/, ""),
    trustedProxies: v.ROLLCALL_TRUSTED_PROXIES,
    keyEncryptionKey: v.ROLLCALL_KEY_ENCRYPTION_KEY,
    keyEncryptionKeyFile:
      env["ROLLCALL_KEY_ENCRYPTION_KEY_FILE"] || join(v.ROLLCALL_DATA_DIR, "key-encryption-key"),
    signerUrl: v.ROLLCALL_SIGNER_URL?.replace(/\/+$/, ""),
    signerToken: v.ROLLCALL_SIGNER_TOKEN,
    signerTimeoutMs: v.ROLLCALL_SIGNER_TIMEOUT_MS,
    solo: v.ROLLCALL_SOLO,
    demo: v.ROLLCALL_DEMO,
    sandboxControl: v.ROLLCALL_SANDBOX_CONTROL,
    dnsServers: v.ROLLCALL_DNS_SERVERS,
    extraCaFile: v.ROLLCALL_EXTRA_CA_FILE,
    allowedCidrs: v.ROLLCALL_ALLOWED_CIDRS,
    allowedPorts: v.ROLLCALL_ALLOWED_PORTS,
    egressPort: v.ROLLCALL_EGRESS_PORT,
    documentMaxBytes: v.ROLLCALL_DOCUMENT_MAX_BYTES,
    keySetMaxBytes: v.ROLLCALL_KEY_SET_MAX_BYTES,
    fetchTimeoutMs: v.ROLLCALL_FETCH_TIMEOUT_MS,
    newClientsPerHour: v.ROLLCALL_NEW_CLIENTS_PER_HOUR,
    discoverPerDay: v.ROLLCALL_DISCOVER_PER_DAY,
    notifyHosts: v.ROLLCALL_NOTIFY_HOSTS,
    smtpUrl: v.ROLLCALL_SMTP_URL,
    mailFrom:
      v.ROLLCALL_MAIL_FROM ?? `rollcall@${new URL(v.ROLLCALL_BASE_URL ?? "http://localhost").hostname}`,
    hostBudgetPerSecond: v.ROLLCALL_HOST_BUDGET_PER_SECOND,
    stretchHours: v.ROLLCALL_STRETCH_HOURS,
    headLifetimeSeconds: v.ROLLCALL_HEAD_LIFETIME_SECONDS,
    headTtlSeconds: v.ROLLCALL_HEAD_TTL_SECONDS,
    resignSeconds: v.ROLLCALL_RESIGN_SECONDS,
    releasesKeptDays: v.ROLLCALL_RELEASES_KEPT_DAYS,
    approvalDelayMs: v.ROLLCALL_APPROVAL_DELAY_MS,
    sessionHours: v.ROLLCALL_SESSION_HOURS,
    logLevel: v.ROLLCALL_LOG_LEVEL,
  };
}

/** Names that are read elsewhere: secrets in files, and the passphrase that only `rollcall root` asks for. */
const known =
  /^ROLLCALL_((DATABASE_URL|SMTP_URL|SIGNER_TOKEN|KEY_ENCRYPTION_KEY)_FILE|ROOT_PASSPHRASE|TEST_.*)$/;
