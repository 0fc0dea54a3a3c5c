import { entries, entry } from "../harness.ts";
import type { Attack } from "./Attack.ts";
import type { Stage } from "./stage.ts";
import { stranger } from "./stage.ts";

const row = "online key stolen, `seq` fast-forwarded";

/** The thief signs with the stolen key, far ahead of the publisher, and lists a client of its own. */
async function steal(stage: Stage): Promise<void> {
  const listed = [...entries(3), [stranger.client_id, entry()] as const];
  stage.publisher.serve(
    await stage.publisher.sign({ entries: listed, claims: { seq: 2 ** 50, rev: 2 ** 50 } }),
  );
  await stage.consumer.refresh();
}

/** The root revokes the key and begins an epoch; `evil` stands for the publisher's new key. */
async function recover({ publisher, evil, online }: Stage): Promise<void> {
  await publisher.publishKeySet({ keys: [evil], revoked: [online], epoch: 2 });
}

/** The first honest head of the new epoch, with a low number. */
async function publishAnew({ publisher }: Stage): Promise<void> {
  await publisher.publish({ entries: entries(3), claims: { seq: 5, rev: 3 } });
}

export const theftAttacks: readonly Attack[] = [
  {
    row,
    attack: "a head with seq 2^50; without the root the thief's list holds",
    expected: "thief's client allow; the publisher's next head refused: rollback, alarm",
    run: async (stage) => {
      await steal(stage);
      const got = await stage.decided(stranger);
      await publishAnew(stage);
      return `thief's client ${got}; the publisher's next head ${await stage.said(stage.consumer.refresh())}`;
    },
  },
  {
    row,
    attack: "the root begins epoch 2; the stolen key's head is still all there is",
    expected: "refused: key_revoked, alarm → deny: epoch_ended; thief's client deny: epoch_ended",
    run: async (stage) => {
      await steal(stage);
      await recover(stage);
      stage.advance(301);
      const got = await stage.refreshed();
      return `${got}; thief's client ${await stage.decided(stranger)}`;
    },
  },
  {
    row,
    attack: "the process restarts then, and nothing answers",
    expected: "failed: network → deny: epoch_ended",
    stage: { onDisk: true },
    run: async (stage) => {
      await steal(stage);
      await recover(stage);
      stage.advance(301);
      await stage.consumer.refresh();
      await stage.publisher.close();
      return stage.refreshed(stage.restart());
    },
  },
  {
    row,
    attack: "the publisher signs anew, with a low seq",
    expected: "activated → allow; thief's client deny: not_listed; in force 2/5",
    run: async (stage) => {
      await steal(stage);
      await recover(stage);
      await publishAnew(stage);
      stage.advance(301);
      const got = await stage.refreshed();
      const { epoch, seq } = stage.consumer.head() ?? {};
      return `${got}; thief's client ${await stage.decided(stranger)}; in force ${epoch}/${seq}`;
    },
  },
  {
    row,
    attack: "the new head comes before the key set was asked for again",
    expected: "activated → allow",
    run: async (stage) => {
      await steal(stage);
      await recover(stage);
      await publishAnew(stage);
      return stage.refreshed();
    },
  },
  {
    row,
    attack: "the thief's head is replayed after the recovery",
    expected: "refused: key_revoked, alarm → allow",
    run: async (stage) => {
      await steal(stage);
      const stolen = stage.publisher.current!;
      await recover(stage);
      await publishAnew(stage);
      await stage.consumer.refresh();
      stage.publisher.serve(stolen);
      return stage.refreshed();
    },
  },
  {
    row,
    attack: "the thief raises the epoch itself",
    expected: "refused: wrong_epoch, alarm → allow",
    run: async (stage) => {
      stage.publisher.serve(await stage.publisher.sign({ claims: { epoch: 9, seq: 9 } }));
      return stage.refreshed();
    },
  },
  {
    row,
    attack: "a head of the ended epoch, signed by a key that is still good",
    expected: "refused: wrong_epoch, alarm → deny: epoch_ended",
    run: async (stage) => {
      await stage.publisher.publishKeySet({ epoch: 2 });
      stage.publisher.serve(await stage.publisher.sign({ claims: { epoch: 1 } }));
      stage.advance(301);
      return stage.refreshed();
    },
  },
  {
    row,
    attack: "a key is revoked within the epoch: its head stops counting, the next one by a good key counts",
    expected: "refused: key_revoked, alarm → deny: key_revoked; then activated → allow",
    run: async (stage) => {
      const { publisher, evil, online } = stage;
      await publisher.publishKeySet({ keys: [evil], revoked: [online] });
      stage.advance(301);
      const got = await stage.refreshed();
      await publisher.publish({ key: evil });
      return `${got}; then ${await stage.refreshed()}`;
    },
  },
  {
    row,
    attack: "level 1: a stolen key leaves the JWKS: believed five minutes at most",
    expected: "refused: unknown_key → allow",
    stage: { level: 1 },
    run: async (stage) => {
      stage.publisher.keys = [stage.evil];
      stage.advance(301);
      await stage.publisher.publish({ key: stage.online });
      return stage.refreshed();
    },
  },
];
