import { begin, clientId, entries } from "../harness.ts";
import { walkNames } from "../walkNames.ts";
import type { Attack } from "./Attack.ts";
import type { Stage } from "./stage.ts";

const row = "object truncated, oversized, missing";
const withdrawn = { client_id: clientId(1) };
const added = { client_id: clientId(305) };

/** Name of the leaf a client stands in. */
const leafOf = (stage: Stage, id: string) => walkNames(stage.publisher, id).at(-1)!;

function spoil({ publisher }: Stage, name: string, how: (body: string) => string | undefined): void {
  const body = how(publisher.objects.get(name)!);
  if (body === undefined) publisher.objects.delete(name);
  else publisher.objects.set(name, body);
}

const spoiled: readonly (readonly [string, string, (body: string) => string | undefined])[] = [
  ["is missing", "not_found", () => undefined],
  ["is truncated", "tampered", (body) => body.slice(0, -10)],
  ["is empty", "tampered", () => ""],
  ["was changed", "tampered", (body) => body.replace('"status":"allow"', '"status":"deny" ')],
  ["has more than 1 MiB", "too_large", (body) => body + " ".repeat(1024 * 1024)],
];

/** A client in another leaf than the first. */
function elsewhere(stage: Stage): { client_id: string } {
  const leaf = leafOf(stage, clientId(0));
  const n = entries(300).findIndex((_, each) => leafOf(stage, clientId(each)) !== leaf);
  return { client_id: clientId(n) };
}

export const objectAttacks: readonly Attack[] = [
  {
    row: "an old object under a new root",
    attack: "lazy: the object before a withdrawal is served under the name of the new one",
    expected: "activated → deny: unavailable",
    stage: { clients: 300 },
    run: async (stage) => {
      const old = stage.publisher.objects.get(leafOf(stage, clientId(0)))!;
      await stage.publisher.publish({ entries: entries(300).slice(1) });
      stage.publisher.objects.set(leafOf(stage, clientId(0)), old);
      return stage.refreshed();
    },
  },
  {
    row: "an old object under a new root",
    attack: "a new root whose child is a foreign object",
    expected: "activated → deny: unavailable",
    stage: { clients: 300 },
    run: async (stage) => {
      await stage.publisher.publish({ entries: entries(310) });
      stage.publisher.objects.set(leafOf(stage, clientId(0)), '{"v":1,"entries":{}}');
      return stage.refreshed();
    },
  },
  ...spoiled.map(([what, , how]): Attack => ({
    row,
    attack: `lazy: the object of a client ${what}`,
    expected: "deny: unavailable, others allow; repaired allow",
    stage: { clients: 300 },
    run: async (stage) => {
      const name = leafOf(stage, clientId(0));
      const good = stage.publisher.objects.get(name)!;
      const other = elsewhere(stage);
      spoil(stage, name, how);
      const got = `${await stage.decided()}, others ${await stage.decided(other)}`;
      stage.publisher.objects.set(name, good);
      return `${got}; repaired ${await stage.decided()}`;
    },
  })),
  ...spoiled.map(([what, code, how]): Attack => ({
    row,
    attack: `mirror: an object of the new tree ${what}`,
    expected: `partial: ${code} → allow; withdrawn deny: denied; new deny: not_listed; repaired activated, allow`,
    stage: { mode: "mirror", clients: 300 },
    run: async (stage) => {
      const deny = [{ ...withdrawn, at: begin, reason: "stolen" }];
      await stage.publisher.publish({ entries: entries(310), deny });
      const name = leafOf(stage, added.client_id);
      const good = stage.publisher.objects.get(name)!;
      spoil(stage, name, how);
      const got = await stage.refreshed();
      const now = `withdrawn ${await stage.decided(withdrawn)}; new ${await stage.decided(added)}`;
      stage.publisher.objects.set(name, good);
      const repaired = await stage.said(stage.consumer.refresh());
      return `${got}; ${now}; repaired ${repaired}, ${await stage.decided(added)}`;
    },
  })),
  {
    row,
    attack: "mirror: the process restarts while an object is missing",
    expected: "partial: not_found → allow; withdrawn deny: denied",
    stage: { mode: "mirror", clients: 300, onDisk: true },
    run: async (stage) => {
      await stage.publisher.publish({
        entries: entries(310),
        deny: [{ ...withdrawn, at: begin, reason: "stolen" }],
      });
      stage.publisher.objects.delete(leafOf(stage, added.client_id));
      await stage.consumer.refresh();
      const again = stage.restart();
      return `${await stage.refreshed(again)}; withdrawn ${await stage.decided(withdrawn, again)}`;
    },
  },
];
