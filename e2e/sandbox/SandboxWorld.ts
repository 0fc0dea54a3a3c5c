import { createHash } from "node:crypto";
import type { CertificateFault, Fault, SandboxDocument, SeenRequest } from "./SandboxDocument.ts";
import type { DnsAnswer } from "./startDnsServer.ts";
import { specialNames } from "./specialNames.ts";

/** A document ready to be sent. */
export interface Served {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** What somebody posted to the receiver of notifications. */
export interface Hook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A document for a URL that nobody published, as a template endpoint would make it. */
export type Template = (url: URL) => SandboxDocument | undefined;

/** Everything that can be changed while the sandbox runs. `reset` takes it back to what it was at the start. */
export class SandboxWorld {
  #initial: readonly SandboxDocument[];
  #templates: readonly Template[];
  #documents = new Map<string, SandboxDocument>();
  #faults = new Map<string, Fault>();
  #certificates = new Map<string, CertificateFault>();
  #names = new Map<string, { answers: readonly DnsAnswer[]; asked: number }>();
  requests: SeenRequest[] = [];
  /** Names asked of the DNS server, one per A query. */
  queries: string[] = [];
  /** Notifications that arrived. */
  hooks: Hook[] = [];
  /** Where they arrive: host and port. */
  hookHost = "";

  constructor(initial: readonly SandboxDocument[], templates: readonly Template[]) {
    this.#initial = initial;
    this.#templates = templates;
    this.reset();
  }

  reset(): void {
    this.#documents = new Map(this.#initial.map((document) => [keyOf(document.url), document]));
    this.#faults.clear();
    this.#certificates.clear();
    this.#names = new Map(
      Object.entries(specialNames).map(([name, answers]) => [name, { answers, asked: 0 }]),
    );
    this.requests = [];
    this.queries = [];
    this.hooks = [];
  }

  /** Replaces what `url` serves. Headers not named are kept, except validators, which follow the bytes. */
  publish(document: SandboxDocument): void {
    const key = keyOf(document.url);
    const { etag, "last-modified": _modified, ...kept } = this.#documents.get(key)?.headers ?? {};
    const without: Record<string, string> = etag === "" ? { etag } : {};
    this.#documents.set(key, { ...document, headers: { ...kept, ...without, ...document.headers } });
  }

  remove(url: string): boolean {
    return this.#documents.delete(keyOf(url));
  }

  documents(): SandboxDocument[] {
    return [...this.#documents.values()];
  }

  setFault(url: string, fault: Fault | undefined): void {
    if (fault === undefined) this.#faults.delete(keyOf(url));
    else this.#faults.set(keyOf(url), fault);
  }

  faultOf(url: string): Fault | undefined {
    return this.#faults.get(keyOf(url));
  }

  setCertificate(host: string, fault: CertificateFault | undefined): void {
    if (fault === undefined) this.#certificates.delete(host.toLowerCase());
    else this.#certificates.set(host.toLowerCase(), fault);
  }

  certificateOf(host: string): CertificateFault | undefined {
    return this.#certificates.get(host.toLowerCase());
  }

  setName(name: string, answers: readonly DnsAnswer[]): void {
    if (answers.length === 0) this.#names.delete(name.toLowerCase());
    else this.#names.set(name.toLowerCase(), { answers, asked: 0 });
  }

  resolve(name: string, type: "A" | "AAAA" | "other"): DnsAnswer {
    const story = this.#names.get(name);
    const turn = Math.min(story?.asked ?? 0, (story?.answers.length ?? 1) - 1);
    if (type === "A") {
      this.queries.push(name);
      if (story) story.asked += 1;
    }
    return story?.answers[turn] ?? { kind: "addresses", addresses: ["127.0.0.1"] };
  }

  find(url: string): Served {
    const published = this.#documents.get(keyOf(url));
    const document = published ?? this.#templates.map((make) => make(new URL(url))).find(Boolean);
    return document
      ? serve(document)
      : serve({ url, status: 404, raw: "Not found\n", headers: { "content-type": "text/plain" } });
  }
}

function serve(document: SandboxDocument): Served {
  const text = document.raw ?? (document.body === undefined ? "" : JSON.stringify(document.body));
  const bytes = Buffer.from(text);
  const status = document.status ?? 200;
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 20)}"`;
  const made = { "content-type": "application/json", ...(status === 200 ? { etag } : {}) };
  const headers = Object.entries({ ...made, ...document.headers }).filter(([, value]) => value !== "");
  return { status, bytes, headers: Object.fromEntries(headers) };
}

/** Requests arrive with the host in lower case; recorded URLs may not be. */
function keyOf(url: string): string {
  return new URL(url).href;
}
