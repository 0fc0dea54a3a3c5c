import { entries, entry } from "../harness.ts";
import { testKey } from "../publisher.ts";
import type { Attack } from "./Attack.ts";
import type { Stage } from "./stage.ts";
import { stranger } from "./stage.ts";

const row = "level 1: online key stolen, `epoch` or `seq` fast-forwarded";
const farEpoch = { epoch: 2 ** 40, seq: 77, rev: 77 };

/** The thief signs with the stolen key and lists a client of its own. */
async function steal(stage: Stage, claims: Record<string, unknown>): Promise<string> {
  const listed = [...entries(3), [stranger.client_id, entry()] as const];
  const stolen = await stage.publisher.sign({ entries: listed, claims });
  stage.publisher.serve(stolen);
  await stage.consumer.refresh();
  return stage.decided(stranger);
}

/** The publisher withdraws the key; `evil` stands for its next one. */
async function recover({ publisher, evil }: Stage, claims: object = { epoch: 2, seq: 5 }): Promise<void> {
  publisher.keys = [evil];
  await publisher.publish({ entries: entries(3), key: evil, claims: { rev: 3, ...claims } });
}

/** Both keys are in the key set, as long before a rotation, and the consumer knows it. */
async function publishNext({ publisher, consumer, online, evil, advance }: Stage): Promise<void> {
  publisher.keys = [online, evil];
  advance(301);
  await publisher.publish();
  await consumer.refresh();
}

function block({ publisher }: Stage): void {
  publisher.intercept = (request, response) => {
    if (!request.url?.endsWith("jwks.json")) return false;
    response.writeHead(503).end();
    return true;
  };
}

function resets(stage: Stage): string {
  const told = stage.ofType("position_reset").map(({ from, to }) => {
    return `${from.epoch}/${from.seq} → ${to.epoch}/${to.seq}`;
  });
  return told.length === 0 ? "no reset told" : `told ${told.join(", ")}`;
}

const begun = `activated → allow; thief's client deny: not_listed`;

/** What a consumer without a root does when the key of the head it remembers is withdrawn. */
export const withdrawnKeyAttacks: readonly Attack[] = [
  {
    row,
    attack: "a head of epoch 2^40; the key leaves the JWKS and the publisher signs epoch 2",
    expected: `thief's client allow; ${begun}; told 1099511627776/77 → 2/5`,
    stage: { level: 1 },
    run: async (stage) => {
      const taken = await steal(stage, farEpoch);
      await recover(stage);
      const got = await stage.refreshed();
      return `thief's client ${taken}; ${got}; thief's client ${await stage.decided(stranger)}; ${resets(stage)}`;
    },
  },
  {
    row,
    attack: "a head of seq 2^50, and the publisher stays in its epoch (a mirror, on disk)",
    expected: `${begun}; after a restart unchanged → allow; told 1/1125899906842624 → 1/5`,
    stage: { level: 1, mode: "mirror", onDisk: true },
    run: async (stage) => {
      await steal(stage, { seq: 2 ** 50, rev: 2 ** 50, log: { origin: "o", size: 9, root: "0".repeat(64) } });
      await recover(stage, { epoch: 1, seq: 5, log: { origin: "o", size: 3, root: "1".repeat(64) } });
      const got = await stage.refreshed();
      const thief = await stage.decided(stranger);
      const restarted = await stage.refreshed(stage.restart());
      return `${got}; thief's client ${thief}; after a restart ${restarted}; ${resets(stage)}`;
    },
  },
  {
    row,
    attack: "the same, while the path to the JWKS is blocked, and then given back",
    expected: "refused: rollback, alarm, no reset told; then activated → allow",
    stage: { level: 1 },
    run: async (stage) => {
      await publishNext(stage);
      await steal(stage, farEpoch);
      await recover(stage);
      block(stage);
      stage.advance(61);
      const got = `${await stage.said(stage.consumer.refresh())}, ${resets(stage)}`;
      stage.publisher.intercept = undefined;
      stage.advance(61);
      return `${got}; then ${await stage.refreshed()}`;
    },
  },
  {
    row,
    attack:
      "the path to the JWKS is blocked for hours: what is in force stays, and no key is taken as withdrawn",
    expected: "failed: not_published → allow",
    stage: { level: 1 },
    run: async (stage) => {
      await stage.publisher.publish();
      block(stage);
      stage.advance(3 * 3600);
      return stage.refreshed();
    },
  },
  {
    row,
    attack: "a key set without any key",
    expected: "refused: unknown_key → allow",
    stage: { level: 1 },
    run: async (stage) => {
      stage.publisher.keys = [];
      stage.advance(3600);
      await stage.publisher.publish({ key: stage.online });
      return stage.refreshed();
    },
  },
  {
    row,
    attack: "an older head in time, while the key of the remembered one is in the JWKS",
    expected: "refused: rollback, alarm → allow; no reset told",
    stage: { level: 1 },
    run: async (stage) => {
      const old = stage.publisher.current!;
      await publishNext(stage);
      stage.publisher.serve(old);
      stage.advance(3600);
      return `${await stage.refreshed()}; ${resets(stage)}`;
    },
  },
  {
    row,
    attack: "an older head in time by a retiring key, after the key of the remembered one was withdrawn",
    expected: "refused: rollback, alarm; no reset told",
    stage: { level: 1 },
    run: async (stage) => {
      const { publisher, consumer, online, evil } = stage;
      await publishNext(stage);
      const old = publisher.current!;
      stage.advance(3600);
      await publisher.publish({ key: evil });
      await consumer.refresh();
      publisher.keys = [online, await testKey()];
      publisher.serve(old);
      stage.advance(301);
      return `${await stage.said(consumer.refresh())}; ${resets(stage)}`;
    },
  },
  {
    row,
    attack: "the thief goes on answering with its head after the key was withdrawn",
    expected:
      "thief's client allow; refused: unknown_key → deny: key_withdrawn; thief's client deny: key_withdrawn",
    stage: { level: 1 },
    run: async (stage) => {
      const taken = await steal(stage, farEpoch);
      stage.publisher.keys = [stage.evil];
      stage.publisher.serve(await stage.publisher.sign({ key: stage.online, claims: { seq: 9 } }));
      stage.advance(601);
      const got = await stage.refreshed();
      return `thief's client ${taken}; ${got}; thief's client ${await stage.decided(stranger)}`;
    },
  },
  {
    row,
    attack: "the thief answers 304 for ever",
    expected: "failed: malformed → deny: key_withdrawn",
    stage: { level: 1 },
    run: async (stage) => {
      await steal(stage, farEpoch);
      stage.publisher.keys = [stage.evil];
      stage.publisher.intercept = (request, response) => {
        if (!request.url?.endsWith("/head")) return false;
        response.writeHead(304).end();
        return true;
      };
      stage.advance(601);
      return stage.refreshed();
    },
  },
  {
    row,
    attack: "the thief's head is replayed after the recovery",
    expected: "refused: unknown_key → allow",
    stage: { level: 1 },
    run: async (stage) => {
      await steal(stage, farEpoch);
      const stolen = stage.publisher.current!;
      await recover(stage);
      await stage.consumer.refresh();
      stage.publisher.serve({ ...stolen, claims: { ...stolen.claims, seq: 78 } });
      return stage.refreshed();
    },
  },
];
