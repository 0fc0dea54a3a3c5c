import { createSocket } from "node:dgram";
import { isIPv4, isIPv6 } from "node:net";

/** What a name answers. `addresses` may mix IPv4 and IPv6; an empty list is NODATA. */
export type DnsAnswer =
  | { readonly kind: "addresses"; readonly addresses: readonly string[] }
  | { readonly kind: "nxdomain" }
  | { readonly kind: "servfail" }
  /** Never answers: the asker runs into its own timeout. */
  | { readonly kind: "silent" };

export interface DnsServer {
  /** As `Resolver.setServers` wants it. */
  readonly address: string;
  stop(): Promise<void>;
}

const typeA = 1;
const typeAaaa = 28;

/** A real DNS server (RFC 1035) over UDP on 127.0.0.1: A and AAAA from `answerFor`, NODATA for every other type. */
export async function startDnsServer(
  answerFor: (name: string, type: "A" | "AAAA" | "other") => DnsAnswer,
): Promise<DnsServer> {
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const question = readQuestion(query);
    if (question === undefined) return;
    const type = question.type === typeA ? "A" : question.type === typeAaaa ? "AAAA" : "other";
    const answer = answerFor(question.name, type);
    if (answer.kind === "silent") return;
    socket.send(writeAnswer(query, question, answer), from.port, from.address);
  });
  await new Promise<void>((ready, fail) => socket.once("error", fail).bind(0, "127.0.0.1", ready));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    stop: () => new Promise((done) => socket.close(() => done())),
  };
}

interface Question {
  readonly name: string;
  readonly type: number;
  /** Offset behind the question section. */
  readonly end: number;
}

function readQuestion(query: Buffer): Question | undefined {
  if (query.length < 17 || query.readUInt16BE(4) !== 1) return undefined;
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length !== 0; length = query[at]!) {
    if (length > 63 || at + length + 5 >= query.length) return undefined;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

const responseCode = { addresses: 0, servfail: 2, nxdomain: 3 } as const;

function writeAnswer(
  query: Buffer,
  question: Question,
  answer: Exclude<DnsAnswer, { kind: "silent" }>,
): Buffer {
  const addresses = answer.kind === "addresses" ? answer.addresses : [];
  const records = addresses.flatMap((address) => {
    if (question.type === typeA && isIPv4(address)) return [record(typeA, bytesOfIPv4(address))];
    if (question.type === typeAaaa && isIPv6(address)) return [record(typeAaaa, bytesOfIPv6(address))];
    return [];
  });
  const header = Buffer.alloc(12);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(0x8480 | responseCode[answer.kind], 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(12, question.end), ...records]);
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(0, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

const bytesOfIPv4 = (address: string) => Buffer.from(address.split(".").map(Number));

function bytesOfIPv6(address: string): Buffer {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const plain = dotted
    ? dotted[1]! +
      bytesOfIPv4(dotted[2]!)
        .toString("hex")
        .replace(/^(.{4})/, "$1:")
    : address;
  const [left = "", right] = plain.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const before = groups(left);
  const after = groups(right ?? "");
  const middle = Array<string>(8 - before.length - after.length).fill("0");
  const all = right === undefined ? before : [...before, ...middle, ...after];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}
