import type { CertificateFault, Fault, SandboxDocument, SeenRequest } from "./SandboxDocument.ts";
import type { Hook } from "./SandboxWorld.ts";
import type { DnsAnswer } from "./startDnsServer.ts";

/** The sandbox's remote control. Every call is in force when its promise resolves. */
export interface SandboxControl {
  publish(document: SandboxDocument): Promise<void>;
  remove(url: string): Promise<void>;
  documents(): Promise<SandboxDocument[]>;
  break(url: string, fault: Fault): Promise<void>;
  mend(url: string): Promise<void>;
  breakCertificate(host: string, fault: CertificateFault): Promise<void>;
  mendCertificate(host: string): Promise<void>;
  /** Answers given in turn, the last one for ever; an empty list makes the name ordinary again. */
  name(name: string, answers: readonly DnsAnswer[]): Promise<void>;
  /** Requests that arrived, for one URL or all. */
  requests(url?: string): Promise<SeenRequest[]>;
  /** Names asked of the DNS server, once per A query. */
  queries(name?: string): Promise<string[]>;
  /** The receiver of notifications, `host:port`, and what arrived there. */
  hooks(): Promise<{ readonly host: string; readonly hooks: readonly Hook[] }>;
  /** Back to how everything was at the start; logs are emptied. */
  reset(): Promise<void>;
}

export function createSandboxControl(baseUrl: string): SandboxControl {
  const call = async <T>(method: string, path: string, input?: unknown): Promise<T> => {
    const init = input === undefined ? { method } : { method, body: JSON.stringify(input) };
    const response = await fetch(new URL(path, baseUrl), init);
    if (!response.ok)
      throw new Error(`Sandbox control answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const search = (name: string, value?: string) =>
    value === undefined ? "" : `?${new URLSearchParams({ [name]: value })}`;
  return {
    publish: (document) => call("PUT", "/documents", document),
    remove: (url) => call("DELETE", "/documents", { url }),
    documents: () => call("GET", "/documents"),
    break: (url, fault) => call("PUT", "/faults", { url, fault }),
    mend: (url) => call("DELETE", "/faults", { url }),
    breakCertificate: (host, fault) => call("PUT", "/certificates", { host, fault }),
    mendCertificate: (host) => call("DELETE", "/certificates", { host }),
    name: (name, answers) => call("PUT", "/names", { name, answers }),
    requests: (url) => call("GET", `/requests${search("url", url)}`),
    queries: (name) => call("GET", `/queries${search("name", name)}`),
    hooks: () => call("GET", "/hooks"),
    reset: () => call("POST", "/reset"),
  };
}
