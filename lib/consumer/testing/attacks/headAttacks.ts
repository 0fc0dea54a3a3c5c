import { memoryStore as emptyStore } from "../../memoryStore.ts";
import { begin, entries } from "../harness.ts";
import type { Attack } from "./Attack.ts";
import type { Stage } from "./stage.ts";
import { stranger } from "./stage.ts";

/** Serves this compact string as if it were the next head. */
export async function serveHead({ publisher }: Stage, jws: string): Promise<void> {
  const signed = await publisher.sign();
  publisher.serve({ ...signed, jws, claims: { ...signed.claims, seq: signed.claims.seq + 1000 } });
}

const keepsLastGood = (code: string) => `refused: ${code} → allow`;

function headOf(row: string, attack: string, code: string, make: (stage: Stage) => Promise<string>): Attack {
  return {
    row,
    attack,
    expected: keepsLastGood(code),
    run: async (stage) => {
      await serveHead(stage, await make(stage));
      return stage.refreshed();
    },
  };
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function withHeader(stage: Stage, alg: string, signature?: string): Promise<string> {
  const [, payload, signed] = (await stage.publisher.sign()).jws.split(".");
  const header = part({ alg, kid: stage.online.kid, typ: "cimd-allowlist+jwt" });
  return [header, payload, signature ?? signed].join(".");
}

const claimed = (claims: Record<string, unknown>) => async (stage: Stage) =>
  (await stage.publisher.sign({ claims })).jws;

const log = (size: number, root: string) => ({ origin: "gov.example/log", size, root: root.repeat(64) });

const tampered = "tampered head";
const algorithms = "`alg: none`, or an algorithm not agreed on";
const headers = "wrong `typ`, another header member";
const twice = "two heads for one `seq`, two roots for one `rev`";
const crit = "`crit` names an unknown claim";
const clock = "clock wrong by 60 s or more";
const logs = "the log became shorter, or has two forms";

export const headAttacks: readonly Attack[] = [
  {
    row: "rollback",
    attack: "an older head, signed and in time, is served again",
    expected: "refused: rollback, alarm → allow; withdrawn client deny: denied",
    run: async (stage) => {
      const old = stage.publisher.current!;
      await stage.publisher.publish({
        deny: [{ client_id: stranger.client_id, at: begin, reason: "stolen" }],
      });
      await stage.consumer.refresh();
      stage.publisher.serve(old);
      return `${await stage.refreshed()}; withdrawn client ${await stage.decided(stranger)}`;
    },
  },
  {
    row: "rollback after a restart",
    attack: "the older head is served to the restarted process",
    expected: "refused: rollback, alarm → deny: not_listed",
    stage: { onDisk: true },
    run: async (stage) => {
      const old = stage.publisher.current!;
      await stage.publisher.publish({ entries: [] });
      await stage.consumer.refresh();
      stage.publisher.serve(old);
      return stage.refreshed(stage.restart());
    },
  },
  {
    row: "rollback of a consumer without state",
    attack: "an old head for a first contact; the enrolment says min_seq=2",
    expected: "refused: rollback, alarm → deny: no_list",
    stage: { level: 1 },
    run: async (stage) => {
      const fresh = stage.consume({ head: `${stage.publisher.headUrl}#min_seq=2`, store: emptyStore() });
      return stage.refreshed(fresh);
    },
  },
  headOf(
    "list A served as list B",
    "a head of another list of the same publisher",
    "wrong_sub, alarm",
    (stage) => claimed({ sub: stage.publisher.headUrl.replace("prod", "other") })(stage),
  ),
  headOf(
    "list A served as list B",
    "a head of another publisher",
    "wrong_iss",
    claimed({ iss: "https://other.example" }),
  ),
  headOf(tampered, "the payload was changed", "bad_signature, alarm", async (stage) => {
    const { jws, claims } = await stage.publisher.sign();
    const [header, , signature] = jws.split(".");
    return `${header}.${part({ ...claims, root: "0".repeat(64) })}.${signature}`;
  }),
  headOf(tampered, "a known kid, signed with the attacker's key", "bad_signature, alarm", async (stage) => {
    const { kid } = stage.online;
    return (await stage.publisher.sign({ key: stage.evil, header: { kid } })).jws;
  }),
  headOf(algorithms, "alg none, no signature", "alg_not_allowed, alarm", (stage) =>
    withHeader(stage, "none", ""),
  ),
  headOf(algorithms, "HS256 keyed with the public key", "alg_not_allowed, alarm", (stage) =>
    withHeader(stage, "HS256"),
  ),
  headOf(
    headers,
    "typ JWT",
    "wrong_typ, alarm",
    async (stage) => (await stage.publisher.sign({ header: { typ: "JWT" } })).jws,
  ),
  headOf(headers, "a key set in place of a head", "wrong_typ, alarm", (stage) =>
    stage.publisher.signKeySet(),
  ),
  ...["jwk", "jku", "x5u", "x5c", "zip"].map((name) =>
    headOf(headers, `the header carries ${name}`, "header_not_allowed", async (stage) => {
      return (await stage.publisher.sign({ header: { [name]: "x" } })).jws;
    }),
  ),
  headOf(headers, "the header carries crit", "header_not_allowed", async (stage) => {
    return (await stage.publisher.sign({ header: { crit: ["exp"], exp: begin } })).jws;
  }),
  {
    row: "unknown `kid`",
    attack: "a head signed by a stranger, with one walk of the key sets",
    expected: "refused: unknown_key → allow; key sets asked for 1 time",
    run: async (stage) => {
      const before = stage.publisher.requests.length;
      await serveHead(
        stage,
        (await stage.publisher.sign({ key: stage.evil, claims: { keys_version: 1 } })).jws,
      );
      const got = await stage.refreshed();
      const asked = stage.publisher.requests.slice(before).filter((each) => each.includes("/v1/keys/"));
      return `${got}; key sets asked for ${asked.length} time`;
    },
  },
  {
    row: "unknown `kid`",
    attack: "level 1: a head signed by a stranger, with one more read of the JWKS",
    expected: "refused: unknown_key → allow; JWKS asked for 1 time",
    stage: { level: 1 },
    run: async (stage) => {
      const before = stage.publisher.requests.length;
      await serveHead(stage, (await stage.publisher.sign({ key: stage.evil })).jws);
      const got = await stage.refreshed();
      const asked = stage.publisher.requests.slice(before).filter((each) => each.endsWith("jwks.json"));
      return `${got}; JWKS asked for ${asked.length} time`;
    },
  },
  headOf(
    "a head that lives more than seven days",
    "a stolen key signs a list for a year",
    "lives_too_long, alarm",
    claimed({ exp: begin + 365 * 86_400 }),
  ),
  headOf("expired head", "a newer head that has expired already", "expired", claimed({ exp: begin - 60 })),
  {
    row: "expired head",
    attack: "no newer head until the one in use expires",
    expected: "at exp+59 s allow, at exp+60 s deny: head_expired",
    run: async (stage) => {
      stage.advance(86_400 + 59);
      const before = await stage.decided();
      stage.advance(1);
      return `at exp+59 s ${before}, at exp+60 s ${await stage.decided()}`;
    },
  },
  headOf(twice, "another head with the number of the one in use", "equivocation, alarm", async (stage) => {
    const { seq, prev } = stage.publisher.current!.claims;
    return (await stage.publisher.sign({ claims: { seq, prev, count: 9 } })).jws;
  }),
  headOf(twice, "another root with the revision of the one in use", "equivocation, alarm", async (stage) => {
    return (await stage.publisher.sign({ entries: entries(5), claims: { rev: 1 } })).jws;
  }),
  headOf(
    twice,
    "the next head follows another one (prev)",
    "equivocation, alarm",
    claimed({ prev: "0".repeat(64) }),
  ),
  headOf(clock, "a head issued 60 s from now", "issued_in_future", claimed({ iat: begin + 60 })),
  headOf(
    crit,
    "crit names a claim of a later version",
    "unknown_critical_claim",
    claimed({ crit: ["tree"], tree: 1 }),
  ),
  {
    row: crit,
    attack: "crit names claims that are understood",
    expected: "activated → allow",
    run: async (stage) => {
      await stage.publisher.publish({ claims: { crit: ["ns", "keys_version", "log"], log: log(7, "a") } });
      return stage.refreshed();
    },
  },
  {
    row: "`max_stale` passed",
    attack: "no newer head for longer than a client's leash",
    expected: "at 900 s allow, at 901 s deny: stale, others allow",
    run: async (stage) => {
      await stage.publisher.publish({ entries: [...entries(1, { max_stale: 900 }), ...entries(3).slice(1)] });
      await stage.consumer.refresh();
      stage.advance(900);
      const before = await stage.decided();
      stage.advance(1);
      const other = { client_id: entries(3)[1]![0] };
      return `at 900 s ${before}, at 901 s ${await stage.decided()}, others ${await stage.decided(other)}`;
    },
  },
  {
    row: logs,
    attack: "a head whose log is shorter than one that was seen, after a head without a log",
    expected: "refused: log_rollback, alarm → allow",
    run: async (stage) => {
      await stage.publisher.publish({ claims: { log: log(7, "a") } });
      await stage.consumer.refresh();
      await stage.publisher.publish();
      await stage.consumer.refresh();
      await stage.publisher.publish({ claims: { log: log(6, "b") } });
      return stage.refreshed(stage.restart());
    },
  },
  {
    row: logs,
    attack: "a head with another log of the size that was seen",
    expected: "refused: log_split, alarm → allow",
    run: async (stage) => {
      await stage.publisher.publish({ claims: { log: log(7, "a") } });
      await stage.consumer.refresh();
      await stage.publisher.publish({ claims: { log: log(7, "b") } });
      return stage.refreshed();
    },
  },
];
