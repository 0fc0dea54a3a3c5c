import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const files: Record<string, string> = { "/run/secrets/url": "postgres://db/rollcall\n" };
const readFile = (path: string) => {
  const text = files[path];
  if (text === undefined) throw new Error("no such file");
  return text;
};
const read = (env: Record<string, string> = {}) => readConfig(env, readFile);

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test("an empty environment is a working configuration", () => {
  expect(read()).toMatchObject({
    dataDir: "./data",
    databaseUrl: "data/rollcall.sqlite",
    host: "127.0.0.1",
    port: 3_000,
    baseUrl: "http://localhost:3000",
    keyEncryptionKeyFile: "data/key-encryption-key",
    solo: false,
    demo: false,
    headLifetimeSeconds: 86_400,
    resignSeconds: 900,
    logLevel: "info",
  });
});

test("empty values count as absent", () => {
  expect(read({ PORT: "", ROLLCALL_SOLO: "", ROLLCALL_BASE_URL: "" })).toEqual(read());
});

test("the base URL has no slash at its end and follows the port", () => {
  expect(read({ ROLLCALL_BASE_URL: "https://gov.example.com/rollcall//" }).baseUrl).toBe(
    "https://gov.example.com/rollcall",
  );
  expect(read({ PORT: "8080" }).baseUrl).toBe("http://localhost:8080");
});

test("lists are separated by commas", () => {
  const config = read({
    ROLLCALL_DNS_SERVERS: "10.0.0.2, 10.0.0.3:5353,",
    ROLLCALL_ALLOWED_CIDRS: "10.20.0.0/16,fd00::/8",
    ROLLCALL_ALLOWED_PORTS: "8443",
  });
  expect(config).toMatchObject({
    dnsServers: ["10.0.0.2", "10.0.0.3:5353"],
    allowedCidrs: ["10.20.0.0/16", "fd00::/8"],
    allowedPorts: [8_443],
  });
});

test("a secret may stand in a file instead", () => {
  expect(read({ ROLLCALL_DATABASE_URL_FILE: "/run/secrets/url" }).databaseUrl).toBe("postgres://db/rollcall");
});

describe("faults", () => {
  test.each([
    [{ PORT: "0" }, "PORT must be from 1 to 65535"],
    [{ PORT: "80a" }, "PORT must be a whole number"],
    [{ ROLLCALL_SOLO: "yes" }, "ROLLCALL_SOLO must be true or false"],
    [{ ROLLCALL_DATABASE_URL: "mysql://x" }, "ROLLCALL_DATABASE_URL must start with postgres://"],
    [{ ROLLCALL_BASE_URL: "rollcall.example" }, "ROLLCALL_BASE_URL must be an absolute http or https URL"],
    [{ ROLLCALL_BASE_URL: "https://a.example/?x" }, "must have no query and no fragment"],
    [{ ROLLCALL_ALLOWED_CIDRS: "10.0.0.1" }, "must be CIDRs such as 10.20.0.0/16"],
    [{ ROLLCALL_HEAD_LIFETIME_SECONDS: "60" }, "must be from 900 to 604800 seconds"],
    [{ ROLLCALL_HEAD_LIFETIME_SECONDS: "900" }, "must be at most half of ROLLCALL_HEAD_LIFETIME_SECONDS"],
    [{ ROLLCALL_LOG_LEVEL: "loud" }, "must be silent, error, warn, info or debug"],
    [{ ROLLCALL_SOLOO: "true" }, "ROLLCALL_SOLOO is not a setting of Rollcall"],
    [{ ROLLCALL_DATABASE_URL_FILE: "/nowhere" }, "ROLLCALL_DATABASE_URL_FILE: /nowhere cannot be read"],
    [
      { ROLLCALL_DATABASE_URL: "postgres://a/b", ROLLCALL_DATABASE_URL_FILE: "/run/secrets/url" },
      "are both set: keep one",
    ],
  ])("%j", (env, sentence) => {
    expect(faultsOf(env as Record<string, string>).join("\n")).toContain(sentence);
  });

  test("all of them are told together", () => {
    expect(faultsOf({ PORT: "x", ROLLCALL_DEMO: "1", ROLLCALL_TYPO: "1" })).toHaveLength(3);
  });

  test("a secret is not repeated in its fault", () => {
    const faults = faultsOf({ ROLLCALL_DATABASE_URL: "mysql://rollcall:hunter2@db/x" });
    expect(faults.join()).not.toContain("hunter2");
  });
});

test("docs/configuration.md names every setting, with its default", () => {
  const source = readFileSync(join(import.meta.dirname, "config.ts"), "utf8");
  const page = readFileSync(join(import.meta.dirname, "../docs/configuration.md"), "utf8");
  const settings = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map((found) => found[1]);
  expect(settings.length).toBeGreaterThan(20);
  for (const name of settings) expect(page).toContain(`\`${name}\``);
  for (const [, name] of page.matchAll(/`(ROLLCALL_[A-Z_]+)`/g))
    expect([
      ...settings,
      "ROLLCALL_DATABASE_URL_FILE",
      "ROLLCALL_SMTP_URL_FILE",
      "ROLLCALL_SIGNER_TOKEN_FILE",
      "ROLLCALL_ROOT_PASSPHRASE",
      "ROLLCALL_KEY_ENCRYPTION_KEY_FILE",
    ]).toContain(name);
  for (const [, text] of source.matchAll(/\.default\(([\d_]+)\)/g))
    expect(page).toContain(Number(text?.replaceAll("_", "")).toLocaleString("en"));
});

test("who holds signing keys outside", () => {
  expect(read()).toMatchObject({ signerUrl: undefined, signerTimeoutMs: 5_000 });
  const env = { ROLLCALL_SIGNER_URL: "http://10.0.0.9:8080/kms/", ROLLCALL_SIGNER_TOKEN: "s3cret" };
  expect(read(env)).toMatchObject({ signerUrl: "http://10.0.0.9:8080/kms", signerToken: "s3cret" });
  expect(faultsOf({ ROLLCALL_SIGNER_URL: "https://kms.example/?key=1" })).toHaveLength(1);
  expect(faultsOf({ ROLLCALL_SIGNER_TOKEN: "s3cret\nx" }).join()).not.toContain("s3cret");
  expect(read({ ROLLCALL_ROOT_PASSPHRASE: "x" })).toEqual(read());
});

test("where notifications may go, and how mail leaves", () => {
  expect(read()).toMatchObject({ notifyHosts: [], smtpUrl: undefined, mailFrom: "rollcall@localhost" });
  const env = {
    ROLLCALL_NOTIFY_HOSTS: "hooks.corp.example, 10.0.0.7:6514,[::1]:9000",
    ROLLCALL_SMTP_URL: "smtps://mara:s3cret@mail.example.com:465",
    ROLLCALL_MAIL_FROM: "watch@example.com",
  };
  expect(read(env)).toMatchObject({
    notifyHosts: ["hooks.corp.example", "10.0.0.7:6514", "[::1]:9000"],
    smtpUrl: env.ROLLCALL_SMTP_URL,
    mailFrom: "watch@example.com",
  });
  const [fault] = faultsOf({ ROLLCALL_SMTP_URL: "http://mara:s3cret@mail.example.com" });
  expect(fault).toContain("ROLLCALL_SMTP_URL must be smtp://");
  expect(fault).not.toContain("s3cret");
  expect(faultsOf({ ROLLCALL_NOTIFY_HOSTS: "https://a.example/" })).toHaveLength(1);
  expect(faultsOf({ ROLLCALL_MAIL_FROM: "a@b\r\nBcc: c@d" })).toHaveLength(1);
});
