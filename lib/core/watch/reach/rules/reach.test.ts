import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { day, hour, minute } from "#lib/core/Instant.ts";
import type { WatchRule } from "../../WatchRule.ts";
import { reachCauses } from "../reachCauses.ts";
import { reachRules } from "../reachRules.ts";
import type { Connection, ReachSubject } from "../ReachSubject.ts";
import { reachCertificateIssuerChanged } from "./certificate-issuer-changed.ts";
import { reachChallenged } from "./challenged.ts";
import { reachFlapping } from "./flapping.ts";
import { reachGone } from "./gone.ts";
import { reachKeySetUnreachable } from "./key-set-unreachable.ts";
import { reachMoved } from "./moved.ts";
import { reachRefusedAddress } from "./refused-address.ts";
import { reachUnreachable } from "./unreachable.ts";
import { reachUnreadable } from "./unreadable.ts";

const now = 1_000 * day;

/** A look that failed for the third time in a row, for an hour. */
function subject(of: Partial<ReachSubject> = {}): ReachSubject {
  return {
    now,
    clientId: "https://a.example/c",
    kind: "document",
    outcome: "timeout",
    sentence: "The host did not answer in time.",
    failures: 3,
    failingSince: now - hour,
    repeated: true,
    answeredBefore: true,
    attested: false,
    alternations: 0,
    ...of,
  };
}

function connection(issuer: string, address: string): Connection {
  return { address, issuer };
}

const since = (age: number) => now - age;
type Case = [
  what: string,
  subject: Partial<ReachSubject>,
  said: "nothing" | "low" | "medium" | "high" | "critical",
];

function table(rule: WatchRule<ReachSubject>, cases: Case[]): void {
  describe(rule.id, () => {
    test.each(cases)("%s", (_, of, said) => {
      const problems = rule.run(subject(of));
      expect(problems.map(({ severity }) => severity ?? rule.severity)).toEqual(
        said === "nothing" ? [] : [said],
      );
      for (const { message } of problems) expect(message).toMatch(/^[A-Z].*\.$/);
    });
  });
}

table(reachUnreachable, [
  ["three tries over an hour", {}, "medium"],
  ["two tries", { failures: 2 }, "nothing"],
  ["three tries within minutes", { failingSince: since(20 * minute) }, "nothing"],
  ["for a day", { failures: 9, failingSince: since(day) }, "high"],
  ["a broken certificate", { outcome: "tls_error" }, "medium"],
  ["a broken server", { outcome: "server_error" }, "medium"],
  ["a challenge", { outcome: "challenged" }, "nothing"],
  ["404", { outcome: "not_found" }, "nothing"],
  ["a redirect", { outcome: "redirect" }, "nothing"],
  ["a key set", { kind: "jwks" }, "nothing"],
  ["it answers", { outcome: "ok", failures: 0 }, "nothing"],
]);

table(reachChallenged, [
  ["at once", { outcome: "challenged", failures: 1, failingSince: now, repeated: false }, "low"],
  ["for six days", { outcome: "challenged", outage: { kind: "challenged", since: since(6 * day) } }, "low"],
  ["for a week", { outcome: "challenged", outage: { kind: "challenged", since: since(7 * day) } }, "medium"],
  [
    "for a week, with a copy that people vouch for",
    { outcome: "challenged", attested: true, outage: { kind: "challenged", since: since(9 * day) } },
    "low",
  ],
  [
    "for the first time after days of silence",
    { outcome: "challenged", failingSince: since(3 * day) },
    "low",
  ],
  ["a timeout", {}, "nothing"],
]);

table(reachGone, [
  ["404 once", { outcome: "not_found", failures: 1, repeated: false }, "nothing"],
  ["404 twice", { outcome: "not_found", failures: 2 }, "high"],
  ["for a day", { outcome: "not_found", outage: { kind: "gone", since: since(day) } }, "critical"],
  [
    "for a day, but looked at twice only",
    { outcome: "not_found", failures: 2, outage: { kind: "gone", since: since(day) } },
    "high",
  ],
  ["almost a day", { outcome: "not_found", outage: { kind: "gone", since: since(23 * hour) } }, "high"],
  ["after days of silence", { outcome: "not_found", failures: 40, failingSince: since(9 * day) }, "high"],
  ["the key set is gone", { outcome: "not_found", kind: "jwks" }, "nothing"],
]);

table(reachMoved, [
  ["a redirect once", { outcome: "redirect", failures: 1, repeated: false }, "nothing"],
  ["a redirect twice", { outcome: "redirect", failures: 2 }, "high"],
  ["where nothing ever was", { outcome: "redirect", answeredBefore: false }, "nothing"],
]);

table(reachUnreadable, [
  ["once", { outcome: "unreadable", failures: 1, repeated: false }, "nothing"],
  ["twice", { outcome: "unreadable", failures: 2 }, "high"],
  ["too large", { outcome: "too_large", failures: 2 }, "high"],
  ["compressed", { outcome: "bad_encoding", failures: 2 }, "high"],
  ["a key set", { outcome: "unreadable", kind: "jwks" }, "nothing"],
]);

table(reachRefusedAddress, [
  ["at once", { outcome: "refused_address", failures: 1, repeated: false }, "critical"],
  ["of the key set", { outcome: "refused_address", failures: 1, kind: "jwks" }, "critical"],
  ["an address that is refused for its form", { outcome: "refused_url" }, "nothing"],
]);

table(reachKeySetUnreachable, [
  ["three tries over an hour", { kind: "jwks" }, "medium"],
  ["once", { kind: "jwks", failures: 1, failingSince: now }, "nothing"],
  ["no key set in it", { kind: "jwks", outcome: "unreadable" }, "medium"],
  ["the document", {}, "nothing"],
]);

table(reachFlapping, [
  ["two returns", { outcome: "ok", alternations: 2 }, "nothing"],
  ["three returns", { outcome: "ok", alternations: 3 }, "high"],
  ["while it cannot be reached", { alternations: 3 }, "high"],
]);

const one = connection("CN=E5, O=Let's Encrypt", "192.0.2.10");
const connected = (before: Connection, after: Connection): Partial<ReachSubject> => ({
  outcome: "ok",
  failures: 0,
  connections: { before, after },
});
table(reachCertificateIssuerChanged, [
  ["both changed", connected(one, connection("CN=WR2, O=Google", "198.51.100.7")), "high"],
  ["another family of addresses", connected(one, connection("CN=WR2, O=Google", "2001:db8::1")), "high"],
  ["a renewal", connected(one, connection("CN=E5, O=Let's Encrypt", "198.51.100.7")), "nothing"],
  [
    "another issuer at the same place",
    connected(one, connection("CN=WR2, O=Google", "192.0.99.1")),
    "nothing",
  ],
  ["the first connection", connected({}, one), "nothing"],
  ["one that was kept open", connected(one, { address: "198.51.100.7" }), "nothing"],
  [
    "the same network, spelled in two ways",
    connected(connection("a", "2001:db8::1"), connection("b", "2001:0DB8:0:1::2")),
    "nothing",
  ],
]);

describe("the list", () => {
  const folder = new URL("./", import.meta.url);
  const files = readdirSync(folder).filter((name) => !name.endsWith(".test.ts"));
  const text = readFileSync(new URL("./reach.test.ts", folder), "utf8");

  test("holds every rule file once, under its own name, and each has a table", () => {
    expect(reachRules.map(({ id }) => `${id.replace(/^reach\./, "")}.ts`).sort()).toEqual(files.sort());
    for (const name of files) expect(text).toContain(`from "./${name}"`);
  });

  test("one way to fail is told once", () => {
    for (const outcome of [
      "timeout",
      "challenged",
      "not_found",
      "redirect",
      "unreadable",
      "refused_address",
    ] as const)
      expect(reachCauses(subject({ outcome }))).toHaveLength(1);
    expect(reachCauses(subject({ outcome: "ok", failures: 0 }))).toEqual([]);
  });
});
