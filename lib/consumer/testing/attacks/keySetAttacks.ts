import { memoryStore } from "../../memoryStore.ts";
import type { KeySetPublication } from "../publisher.ts";
import { testKey } from "../publisher.ts";
import type { Attack } from "./Attack.ts";
import type { Stage } from "./stage.ts";

const forged = "key set forged or skipped";
const expired = "key set expired";
const missed = "root rotation missed twice";
const rolledBack = "key set rolled back or withheld";

const version = (stage: Stage) => stage.consumer.head()?.keysVersion;
const refusals = (stage: Stage) =>
  stage
    .ofType("keys_refused")
    .map(({ code, alarm }) => (alarm ? `${code}, alarm` : code))
    .join("; ");

/** Serves this as the next key set, and a head signed by the attacker's key, which it names. */
function next(attack: string, code: string, make: (stage: Stage) => Promise<string>): Attack {
  return {
    row: forged,
    attack,
    expected: `key set ${code}, alarm; version 1; refused: unknown_key → allow`,
    run: async (stage) => {
      const { publisher, evil } = stage;
      publisher.keySets.push(await make(stage));
      await publisher.publish({ key: evil });
      const got = await stage.refreshed();
      return `key set ${refusals(stage)}; version ${version(stage)}; ${got}`;
    },
  };
}

/** The attacker's set: its own root, its own signing key. */
const evilSet = ({ publisher, evil, root }: Stage, more: KeySetPublication = {}) =>
  publisher.signKeySet({ roots: [root], keys: [evil], by: evil, ...more });

export const keySetAttacks: readonly Attack[] = [
  next("the next key set, signed by a stranger", "root_not_trusted", (stage) => evilSet(stage)),
  next("the next key set, signed by a root it names itself", "root_not_trusted", (stage) =>
    evilSet(stage, { roots: [stage.evil] }),
  ),
  next("the next key set, signed by the key that signs heads", "root_not_trusted", (stage) =>
    evilSet(stage, { by: stage.online }),
  ),
  next("the next key set, naming a root that did not sign it", "bad_signature", (stage) =>
    evilSet(stage, { header: { kid: stage.root.kid } }),
  ),
  next("a changed payload", "bad_signature", async (stage) => {
    const [header, payload = "", signature] = (await stage.publisher.signKeySet()).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    const keys = [{ ...stage.evil.publicJwk, state: "active" }];
    return [header, Buffer.from(JSON.stringify({ ...claims, keys })).toString("base64url"), signature].join(
      ".",
    );
  }),
  next("alg none", "alg_not_allowed", async (stage) => {
    const header = { alg: "none", kid: stage.root.kid, typ: "cimd-allowlist-keys+jwt" };
    const [, payload] = (await evilSet(stage)).split(".");
    return `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${payload}.`;
  }),
  next("a head in place of a key set", "wrong_typ", (stage) =>
    evilSet(stage, { by: stage.root, header: { typ: "cimd-allowlist+jwt" } }),
  ),
  next("a skipped version, rightly signed", "wrong_version", (stage) =>
    evilSet(stage, { by: stage.root, claims: { version: 3 } }),
  ),
  next("a key set of another publisher with the same root", "wrong_iss", (stage) =>
    evilSet(stage, { by: stage.root, claims: { iss: "https://other.example" } }),
  ),
  next("a key set for something else (sub)", "wrong_sub", (stage) =>
    evilSet(stage, { by: stage.root, claims: { sub: `${stage.publisher.baseUrl}/v1/lists/prod/head` } }),
  ),
  next("a key set issued in the future", "issued_in_future", (stage) =>
    evilSet(stage, { by: stage.root, claims: { iat: stage.publisher.now + 60 } }),
  ),
  next("revocations that cannot be read", "malformed", (stage) =>
    evilSet(stage, { by: stage.root, claims: { revoked: [{ key: "x" }] } }),
  ),
  {
    row: forged,
    attack: "first contact: the first key set is the attacker's",
    expected: "key set root_not_trusted; refused: key_not_pinned, alarm → deny: no_list",
    run: async (stage) => {
      const { publisher, evil } = stage;
      publisher.keys = [evil];
      publisher.keySets.splice(
        0,
        1,
        await publisher.signKeySet({ roots: [evil], by: evil, claims: { version: 1 } }),
      );
      await publisher.publish({ key: evil });
      const got = await stage.refreshed(stage.restart({ store: memoryStore() }));
      return `key set ${refusals(stage)}; ${got}`;
    },
  },
  {
    row: forged,
    attack: "first contact: key sets are withheld, the JWKS is the attacker's",
    expected: "refused: key_not_pinned, alarm → deny: no_list",
    run: async (stage) => {
      stage.publisher.keySets.length = 0;
      stage.publisher.keys = [stage.evil];
      await stage.publisher.publish({ key: stage.evil });
      return stage.refreshed(stage.restart({ store: memoryStore() }));
    },
  },
  {
    row: forged,
    attack: "later: key sets are withheld, the JWKS is the attacker's",
    expected: "refused: unknown_key → allow",
    run: async (stage) => {
      stage.publisher.keySets.length = 0;
      stage.publisher.keys = [stage.evil];
      await stage.publisher.publish({ key: stage.evil });
      return stage.refreshed(stage.restart());
    },
  },
  ...(
    [
      ["has more than 64 KiB", 200, "too_large"],
      ["is a redirect", 302, "redirect"],
      ["is an error", 500, "http_status"],
    ] as const
  ).map(([what, status, code]): Attack => ({
    row: forged,
    attack: `the answer for the next key set ${what}`,
    expected: `failed: ${code} → allow; the publisher's own head activated → allow`,
    run: async (stage) => {
      const { publisher, evil } = stage;
      publisher.intercept = (request, response) => {
        if (!request.url?.startsWith("/v1/keys/")) return false;
        response.writeHead(status, { location: "/elsewhere" }).end("x".repeat(64 * 1024 + 1));
        return true;
      };
      publisher.serve(await publisher.sign({ key: evil, claims: { seq: 9 } }));
      const got = await stage.refreshed();
      publisher.serve(await publisher.sign({ claims: { seq: 10, prev: undefined } }));
      return `${got}; the publisher's own head ${await stage.refreshed()}`;
    },
  })),
  {
    row: forged,
    attack: "the disk does not take the new key set",
    expected: "failed: store_failed → allow; version 1",
    run: async (stage) => {
      await stage.publisher.publishKeySet({ keys: [stage.evil] });
      await stage.publisher.publish({ key: stage.evil });
      const store = { ...stage.store, saveKeys: () => Promise.reject(new Error("disk full")) };
      const consumer = stage.restart({ store });
      const got = await stage.refreshed(consumer);
      return `${got}; version ${consumer.head()?.keysVersion}`;
    },
  },
  {
    row: expired,
    attack: "the root did not sign again in time",
    expected: "refused: key_set_expired → allow; told once; at the head's end deny: head_expired",
    run: async (stage) => {
      const { publisher } = stage;
      await publisher.publishKeySet({ lifetime: 3600 });
      stage.advance(300);
      await stage.consumer.refresh();
      stage.advance(3600);
      await publisher.publish();
      const got = await stage.refreshed();
      await stage.consumer.refresh();
      const told = stage.ofType("key_set_expired").length === 1 ? "told once" : "not told once";
      stage.advance(86_400);
      return `${got.replace(", alarm", "")}; ${told}; at the head's end ${await stage.decided()}`;
    },
  },
  {
    row: expired,
    attack: "the root signs again afterwards",
    expected: "activated → allow",
    run: async (stage) => {
      const { publisher } = stage;
      await publisher.publishKeySet({ lifetime: 3600 });
      stage.advance(3900);
      await stage.consumer.refresh();
      await publisher.publishKeySet();
      await publisher.publish();
      stage.advance(301);
      return stage.refreshed();
    },
  },
  {
    row: missed,
    attack: "two changes of root, the sets between expired long ago",
    expected: "activated → allow; version 4",
    stage: { onDisk: true },
    run: async (stage) => {
      const { publisher } = stage;
      const [second, third] = [await testKey(), await testKey()];
      await publisher.publishKeySet({ roots: [second], lifetime: 60 });
      await publisher.publishKeySet({ roots: [third], lifetime: 60 });
      stage.advance(30 * 86_400);
      await publisher.publishKeySet({ keys: [stage.evil] });
      await publisher.publish({ key: stage.evil });
      const got = await stage.refreshed(stage.restart());
      return `${got}; version ${(await stage.store.loadKeys?.())?.version}`;
    },
  },
  {
    row: missed,
    attack: "a root that was replaced signs once more",
    expected: "key set root_not_trusted, alarm; version 2",
    run: async (stage) => {
      await stage.publisher.publishKeySet({ roots: [await testKey()] });
      await stage.publisher.publishKeySet({ by: stage.root });
      stage.advance(301);
      await stage.consumer.refresh();
      return `key set ${refusals(stage)}; version ${version(stage)}`;
    },
  },
  {
    row: rolledBack,
    attack: "the first key set is served as the newest one",
    expected: "key set wrong_version, alarm; version 2; unchanged → allow",
    run: async (stage) => {
      const { publisher } = stage;
      await publisher.publishKeySet();
      stage.advance(301);
      await stage.consumer.refresh();
      publisher.keySets.push(publisher.keySets[0]!);
      stage.advance(301);
      const got = await stage.refreshed();
      return `key set ${refusals(stage)}; version ${version(stage)}; ${got}`;
    },
  },
  {
    row: rolledBack,
    attack: "key sets that were seen are answered 404, and the process restarts",
    expected: "refused: key_revoked, alarm → allow; version 2",
    stage: { onDisk: true },
    run: async (stage) => {
      const { publisher, evil, online } = stage;
      await publisher.publishKeySet({ keys: [evil], revoked: [online] });
      await publisher.publish({ key: evil });
      stage.advance(301);
      await stage.consumer.refresh();
      publisher.keySets.length = 0;
      await publisher.publish({ key: online });
      const again = stage.restart();
      return `${await stage.refreshed(again)}; version ${again.head()?.keysVersion}`;
    },
  },
  {
    row: rolledBack,
    attack: "a key set that a head names is withheld",
    expected: "activated → allow; told keys_behind",
    run: async (stage) => {
      await stage.publisher.publish({ claims: { keys_version: 2 } });
      const got = await stage.refreshed();
      return `${got}; told ${stage
        .ofType("keys_behind")
        .map(({ type }) => type)
        .join(" ")}`;
    },
  },
];
