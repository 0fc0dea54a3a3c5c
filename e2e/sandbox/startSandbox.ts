import { constants } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";
import { answerRequest } from "./answerRequest.ts";
import { inventedDocuments } from "./inventedClients.ts";
import { makeSandboxAuthority } from "./makeSandboxAuthority.ts";
import { realDocuments } from "./realDocuments.ts";
import { createSandboxControl, type SandboxControl } from "./SandboxControl.ts";
import type { SandboxDocument } from "./SandboxDocument.ts";
import { SandboxWorld } from "./SandboxWorld.ts";
import { startControl } from "./startControl.ts";
import { startDnsServer } from "./startDnsServer.ts";
import { startHooks } from "./startHooks.ts";
import { templates } from "./templates.ts";

/** What a process needs in its environment to live in the sandbox's internet. */
export interface SandboxEnv {
  readonly ROLLCALL_DNS_SERVERS: string;
  readonly ROLLCALL_EXTRA_CA_FILE: string;
  readonly ROLLCALL_ALLOWED_CIDRS: string;
  readonly ROLLCALL_EGRESS_PORT: string;
  readonly ROLLCALL_SANDBOX_CONTROL: string;
  /** The receiver of notifications: plain HTTP on loopback. */
  readonly ROLLCALL_NOTIFY_HOSTS: string;
}

export interface SandboxOptions {
  /** Served instead of the recorded and invented documents. */
  readonly documents?: readonly SandboxDocument[];
  /** Ports on 127.0.0.1; 0 or absent is a free one. */
  readonly httpsPort?: number;
  readonly controlPort?: number;
}

export interface Sandbox {
  readonly env: SandboxEnv;
  readonly caPem: string;
  readonly httpsPort: number;
  readonly control: SandboxControl;
  stop(): Promise<void>;
}

/** Starts a small internet on loopback: a DNS server, HTTPS for every name, a receiver of notifications, and a control port. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const documents = options.documents ?? [...realDocuments(), ...inventedDocuments()];
  const world = new SandboxWorld(documents, templates);
  const authority = makeSandboxAuthority();
  const stranger = makeSandboxAuthority("Nobody's authority");

  const contexts = new Map<string, SecureContext>();
  const contextFor = (host: string): SecureContext => {
    const fault = world.certificateOf(host);
    const key = `${host} ${fault}`;
    const known = contexts.get(key);
    if (known) return known;
    const issuer = fault === "untrusted" ? stranger : authority;
    const names = [fault === "wrong_name" ? "somebody-else.dev" : host];
    const context = createSecureContext(issuer.issue(names, { expired: fault === "expired" }));
    contexts.set(key, context);
    return context;
  };

  const https = createServer(
    {
      ...authority.issue(["localhost", "127.0.0.1"]),
      SNICallback: (host, done) => done(null, contextFor(host.toLowerCase())),
      // A resumed session would not see a certificate that changed.
      secureOptions: constants.SSL_OP_NO_TICKET,
    },
    (request, response) => answerRequest(world, request, response),
  );
  https.on("tlsClientError", () => {});
  await new Promise<void>((ready, fail) =>
    https.once("error", fail).listen(options.httpsPort ?? 0, "127.0.0.1", ready),
  );
  const httpsPort = (https.address() as AddressInfo).port;

  const dns = await startDnsServer((name, type) => world.resolve(name, type));
  const hooks = await startHooks(world);
  world.hookHost = hooks.host;
  const control = await startControl(world, () => https.closeIdleConnections(), options.controlPort);
  const folder = await mkdtemp(join(tmpdir(), "rollcall-sandbox-"));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, authority.caPem);

  return {
    env: {
      ROLLCALL_DNS_SERVERS: dns.address,
      ROLLCALL_EXTRA_CA_FILE: caFile,
      ROLLCALL_ALLOWED_CIDRS: "127.0.0.0/8",
      ROLLCALL_EGRESS_PORT: String(httpsPort),
      ROLLCALL_SANDBOX_CONTROL: control.url,
      ROLLCALL_NOTIFY_HOSTS: hooks.host,
    },
    caPem: authority.caPem,
    httpsPort,
    control: createSandboxControl(control.url),
    async stop() {
      const closed = new Promise<void>((done) => https.close(() => done()));
      https.closeAllConnections();
      const folderGone = rm(folder, { recursive: true, force: true });
      await Promise.all([closed, dns.stop(), control.stop(), hooks.stop(), folderGone]);
    },
  };
}
