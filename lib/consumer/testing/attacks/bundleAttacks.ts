import type { Consumer } from "../../createConsumer.ts";
import { memoryStore } from "../../memoryStore.ts";
import type { Store } from "../../Remembered.ts";
import { begin, clientId, entries } from "../harness.ts";
import { walkNames } from "../walkNames.ts";
import type { Attack } from "./Attack.ts";
import type { Stage } from "./stage.ts";
import { first } from "./stage.ts";

const row = "bundle with foreign or changed lines";
const withdrawn = { client_id: clientId(1) };
const foreign = '{"entries":{"https://evil.example/c":{"status":"allow"}},"v":1}';

/** Answers the bundle with these lines. */
function bundleOf({ publisher }: Stage, lines: readonly string[], status = 200): void {
  publisher.intercept = (request, response) => {
    if (!request.url?.endsWith("/bundle")) return false;
    response.writeHead(status, { location: "/elsewhere" }).end(`${lines.join("\n")}\n`);
    return true;
  };
}

/** The bundle with one character of a leaf changed. */
function changed(lines: readonly string[]): string[] {
  const at = lines.findIndex((line) => line.includes("req_305") || line.includes("req_0"));
  return lines.map((line, n) => (n === at ? line.replace('"status":"allow"', '"status":"alloW"') : line));
}

const bytes = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join("\n")}\n`);

/** A mirror that has nothing yet. */
function cold(attack: string, expected: string, play: (stage: Stage) => void): Attack {
  return {
    row,
    attack: `first contact: ${attack}`,
    expected,
    stage: { clients: 300 },
    run: async (stage) => {
      play(stage);
      const store = memoryStore();
      const from = stage.publisher.requests.length;
      const got = await stage.refreshed(stage.restart({ mode: "mirror", store }));
      const singly = stage.publisher.requests.slice(from).filter((each) => each.includes("/objects/")).length;
      const kept = await holdsForeign(store);
      return `${got}; ${singly === 0 ? "none" : singly === stage.publisher.objects.size ? "all" : singly} singly${kept}`;
    },
  };
}

async function holdsForeign(store: Store): Promise<string> {
  const name = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(foreign));
  return (await store.readObject(Buffer.from(name).toString("hex"))) ? "; keeps the foreign object" : "";
}

const offline: typeof fetch = () => Promise.reject(new TypeError("There is no network here."));

/** A mirror without a network that was given the list of 300 by hand; then it is given this. */
function carried(
  attack: string,
  expected: string,
  make: (stage: Stage, consumer: Consumer) => Promise<Uint8Array>,
): Attack {
  return {
    row,
    attack: `carried by hand: ${attack}`,
    expected,
    stage: { clients: 300 },
    run: async (stage) => {
      const consumer = stage.restart({ mode: "mirror", store: memoryStore(), fetch: offline });
      const { publisher } = stage;
      const loaded = await stage.said(consumer.loadBundle(bytes(publisher.bundle()), publisher.keySets));
      if (loaded !== "activated") return `the good list: ${loaded}`;
      const bundle = await make(stage, consumer);
      const got = await stage.said(consumer.loadBundle(bundle, publisher.keySets));
      return `${got} → ${await stage.decided(first, consumer)}; withdrawn ${await stage.decided(withdrawn, consumer)}`;
    },
  };
}

async function publishNext({ publisher }: Stage): Promise<void> {
  await publisher.publish({
    entries: entries(310),
    deny: [{ ...withdrawn, at: begin, reason: "stolen" }],
  });
}

export const bundleAttacks: readonly Attack[] = [
  cold("a sound bundle", "activated → allow; none singly", () => undefined),
  cold("a foreign object among the lines", "activated → allow; none singly", (stage) => {
    const [head = "", ...objects] = stage.publisher.bundle();
    bundleOf(stage, [head, foreign, ...objects, foreign]);
  }),
  cold("a changed line", "activated → allow; 1 singly", (stage) =>
    bundleOf(stage, changed(stage.publisher.bundle())),
  ),
  cold("a forged head in the first line", "activated → allow; none singly", (stage) =>
    bundleOf(stage, ["x.y.z", ...stage.publisher.bundle().slice(1)]),
  ),
  cold("a redirect", "activated → allow; all singly", (stage) =>
    bundleOf(stage, stage.publisher.bundle(), 302),
  ),
  cold("a line that never ends", "activated → allow; all singly", (stage) =>
    bundleOf(stage, [stage.publisher.bundle()[0]!, "x".repeat(1024 * 1024 + 1)]),
  ),
  cold(
    "a changed line whose object is missing, too",
    "partial: not_found → deny: unavailable; 1 singly",
    (stage) => {
      const lines = stage.publisher.bundle();
      bundleOf(stage, changed(lines));
      stage.publisher.objects.delete(walkNames(stage.publisher, clientId(0)).at(-1)!);
    },
  ),
  carried("the next list, whole", "activated → allow; withdrawn deny: denied", async (stage) => {
    await publishNext(stage);
    return bytes(stage.publisher.bundle());
  }),
  carried("a changed line", "partial: network → allow; withdrawn deny: denied", async (stage) => {
    await publishNext(stage);
    return bytes(changed(stage.publisher.bundle()));
  }),
  carried("cut off after the head", "partial: network → allow; withdrawn deny: denied", async (stage) => {
    await publishNext(stage);
    return bytes(stage.publisher.bundle().slice(0, 1));
  }),
  carried(
    "an older list",
    "refused: rollback, alarm → allow; withdrawn deny: denied",
    async (stage, consumer) => {
      const { publisher } = stage;
      const old = bytes(publisher.bundle());
      await publishNext(stage);
      await consumer.loadBundle(bytes(publisher.bundle()));
      return old;
    },
  ),
  carried("a head of another list", "refused: wrong_sub, alarm → allow; withdrawn allow", async (stage) => {
    const sub = stage.publisher.headUrl.replace("prod", "other");
    return bytes([(await stage.publisher.sign({ claims: { sub } })).jws]);
  }),
  carried("no bundle at all", "refused: malformed → allow; withdrawn allow", async () => bytes(["<html>"])),
];
