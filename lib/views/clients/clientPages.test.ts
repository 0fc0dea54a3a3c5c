import { afterEach, beforeEach, expect, it } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { appendJournal } from "#lib/db/queries/appendJournal.ts";
import { insert } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { clientAccess } from "./clientAccess.ts";
import { clientDocument } from "./clientDocument.ts";
import { clientEnforcement } from "./clientEnforcement.ts";
import { clientFetches } from "./clientFetches.ts";
import { clientHeader } from "./clientHeader.ts";
import { clientHistory } from "./clientHistory.ts";
import { clientKeys } from "./clientKeys.ts";
import { registerChoices } from "./registerChoices.ts";
import {
  sampleAudience,
  sampleClient,
  sampleMetadata,
  sampleNow as now,
  samplePerson,
  sampleRequest,
  sampleSnapshot,
  sampleTeam,
} from "#lib/views/testing/sampleClients.ts";

const url = "https://tide.example/c";
const key = (jkt: string) => ({
  index: 0,
  publicJwk: {},
  privateMembers: [],
  jkt,
  kid: jkt,
  kty: "EC",
  crv: "P-256",
});

eachDatabase((open) => {
  let test: TestDatabase;
  let reviewer: PersonActor;
  let member: PersonActor;
  let owner: PersonActor;
  let auditor: PersonActor;
  beforeEach(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      await sampleTeam(tx, "t1", "AI Platform");
      reviewer = await samplePerson(tx, "mara", "reviewer");
      member = await samplePerson(tx, "ines", "member");
      owner = await samplePerson(tx, "jun", "member", ["t1"]);
      auditor = await samplePerson(tx, "aud", "auditor", ["t1"]);
      const uri = await sampleAudience(tx, "prod");
      await sampleClient(tx, "c1", url, {
        ownerTeamId: "t1",
        registeredBy: "ines",
        sync: "held",
        approvedSnapshotId: "c1-s1",
        liveSnapshotId: "c1-s2",
        approvedRequestId: "q1",
        validUntil: now + day,
      });
      const more = sampleMetadata(url, {
        redirect_uris: ["https://tide.example/callback", "https://relay.dev/cb"],
      });
      await sampleSnapshot(tx, "c1", 2, more, { keys: [key("k1")], keySetSource: "inline" });
      await sampleRequest(tx, 1, "c1", { state: "approved" });
      await sampleRequest(tx, 2, "c1", { kind: "change", snapshotId: "c1-s2" });
      await insert(tx, "grant", {
        id: "g1",
        clientRowId: "c1",
        resource: uri,
        scopes: ["read", "write"],
        requestId: "q1",
        createdAt: now,
      });
      await appendJournal(tx, reviewer, now, {
        action: "client.suspended",
        subject: { kind: "client", id: "c1", name: url },
        detail: { reason: "Looks\u202E odd", number: 2 },
      });
      await sampleClient(tx, "c2", "https://late.example/c", {
        validUntil: now - 1,
        lifecycle: "blocked",
        liveSnapshotId: null,
      });
    });
  });
  afterEach(() => test.drop());

  it("heads a client with both badges' facts", async () => {
    expect(await clientHeader(test.db, now, reviewer, "c1")).toMatchObject({
      clientId: url,
      owner: { name: "AI Platform" },
      registeredBy: "Ines",
      originVerified: true,
      expired: false,
      live: { number: 2 },
      approved: { number: 1 },
      openRequest: 2,
    });
    expect(await clientHeader(test.db, now, reviewer, "c2")).toMatchObject({
      originVerified: false,
      live: null,
    });
    expect(await clientHeader(test.db, now, reviewer, "none")).toBeUndefined();
  });

  it("offers acts by role, ownership and state, and says why not", async () => {
    const acts = async (person: PersonActor, id = "c1") =>
      new Map((await clientHeader(test.db, now, person, id))?.acts.map((act) => [act.key, act.obstacle]));
    expect((await acts(reviewer)).get("suspend")).toBeUndefined();
    expect((await acts(owner)).get("suspend")).toBeUndefined();
    expect((await acts(member)).get("suspend")).toContain("Only the owner team");
    expect((await acts(auditor)).get("suspend")).toContain("Only the owner team");
    expect((await acts(auditor)).get("fetch")).toContain("reads only");
    expect((await acts(member)).get("fetch")).toBeUndefined();
    expect((await acts(reviewer)).get("change")).toContain("Request 2 is already open");
    expect([...(await acts(reviewer)).keys()]).not.toContain("approve");
    expect((await acts(member, "c2")).get("unblock")).toContain("No document");
    expect((await acts(reviewer, "c2")).get("block")).toContain("already blocked");
  });

  it("shows documents and what differs between approved and live", async () => {
    const found = await clientDocument(test.db, now, "c1");
    expect(found.shown?.number).toBe(2);
    expect(found.changes.map((each) => [each.member, each.severity])).toContainEqual([
      "redirect_uris",
      "critical",
    ]);
    expect(
      found.versions.map(({ number, isLive, isApproved, copy }) => [number, isLive, isApproved, copy]),
    ).toEqual([
      [2, true, false, null],
      [1, false, true, null],
    ]);
    expect(found.waiting).toBeNull();
    expect((await clientDocument(test.db, now, "c1", 1)).shown?.number).toBe(1);
    expect((await clientDocument(test.db, now, "c2")).shown).toBeNull();
  });

  it("shows keys with their life", async () => {
    const { source, keys } = await clientKeys(test.db, now, "c1");
    expect(source).toBe("inline");
    expect(keys).toMatchObject([
      { jkt: "k1", inLive: true, inApproved: false, removedAt: null, kind: "EC P-256", state: "sole" },
    ]);
  });

  it("shows access with sensitive scopes and where it counts", async () => {
    const { grants, requests } = await clientAccess(test.db, "c1");
    expect(grants).toMatchObject([
      {
        name: "prod API",
        request: 1,
        audiences: [{ slug: "prod" }],
        scopes: [
          { name: "read", sensitive: false },
          { name: "write", sensitive: true },
        ],
      },
    ]);
    expect(requests.map((each) => each.number)).toEqual([2, 1]);
  });

  it("shows history newest first, made visible", async () => {
    expect(await clientHistory(test.db, "c1")).toMatchObject([
      { action: "client.suspended", who: "mara", note: "Looks\\u202E odd", request: 2 },
    ]);
  });

  it("shows fetches newest first", async () => {
    const line = {
      clientRowId: "c1",
      url,
      kind: "document",
      sentence: "Read.",
      status: 200,
      milliseconds: 5,
      bytes: 10,
      address: null,
      tls: null,
      digest: null,
    } as const;
    await test.db.transaction((tx) =>
      insert(
        tx,
        "fetchLog",
        { ...line, id: "f1", outcome: "ok", at: now - 1 },
        { ...line, id: "f2", outcome: "timeout", at: now },
      ),
    );
    expect((await clientFetches(test.db, "c1")).map((each) => each.outcome)).toEqual(["timeout", "ok"]);
    expect(await clientFetches(test.db, "c1", 1)).toHaveLength(1);
  });

  it("says which servers carry it: published is not enforced", async () => {
    await test.db.transaction(async (tx) => {
      await insert(tx, "listEntry", {
        id: "e1",
        audienceId: "a-prod",
        clientId: url,
        entry: { status: "allow" },
        changedAt: now,
      });
      const head = {
        audienceId: "a-prod",
        epoch: 1,
        rev: 1,
        root: "",
        count: 1,
        deny: [],
        prev: null,
        jws: "",
        kid: "k",
        expiresAt: now + day,
        cause: "",
      };
      for (const seq of [4, 5, 6])
        await insert(tx, "head", {
          ...head,
          id: `h${seq}`,
          seq,
          rev: seq - 3,
          digest: `${seq}`,
          issuedAt: now + (seq - 5) * 1_000,
        });
      for (const [name, seq] of [
        ["late", 4],
        ["ready", 5],
      ] as const) {
        await insert(tx, "consumer", {
          id: name,
          audienceId: "a-prod",
          name,
          tokenId: null,
          createdAt: now,
          lastPullAt: null,
          lastPullSeq: null,
        });
        await insert(tx, "report", {
          id: name,
          consumerId: name,
          instance: "1",
          epoch: 1,
          seq,
          rev: 1,
          digest: null,
          activatedAt: now,
          checkedAt: now,
          receivedAt: now,
          mode: "mirror",
          enforcement: "enforce",
          errorCode: null,
          errorDetail: null,
          software: "x",
        });
      }
      await insert(tx, "consumer", {
        id: "silent",
        audienceId: "a-prod",
        name: "silent",
        tokenId: null,
        createdAt: now,
        lastPullAt: null,
        lastPullSeq: null,
      });
    });
    expect(await clientEnforcement(test.db, "c1")).toMatchObject([
      {
        slug: "prod",
        rev: 3,
        sinceRev: 2,
        servers: [
          { name: "late", carries: false },
          { name: "ready", carries: true },
          { name: "silent", carries: null },
        ],
      },
    ]);
  });

  it("offers teams and resources", async () => {
    expect(await registerChoices(test.db)).toMatchObject({
      hasAudience: true,
      teams: [{ name: "AI Platform" }],
      resources: [{ uri: "https://api.example/prod", audiences: ["PROD"], sensitiveScopes: ["write"] }],
    });
  });
});
