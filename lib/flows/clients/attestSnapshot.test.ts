import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { inventedKey } from "../../../e2e/sandbox/inventedKey.ts";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { day } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { changePerson } from "#lib/flows/people/changePerson.ts";
import { attestSnapshot } from "./attestSnapshot.ts";
import { openRequest } from "#lib/flows/review/openRequest.ts";
import { recordUnreadClient } from "./recordUnreadClient.ts";
import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import {
  approved,
  publish,
  quiet,
  registration,
  setStage,
  tickets,
  vote,
  type Stage,
} from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";
import { uploadSnapshot } from "./uploadSnapshot.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

/** No key set of its own, two redirects. */
const url = "https://harborlight.app/.well-known/oauth-client";
const keySetUrl = "https://tidewater.dev/oauth/jwks.json";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const client = async (id: string) => {
    const row = await find(ctx.db, "client", { id });
    if (!row) throw new Error("No client.");
    return row;
  };
  const served = async (at: string) =>
    (await sandbox.control.documents()).find((each) => each.url === at)?.body as Record<string, unknown>;
  const challenged = async (id: string, at = url) => {
    await sandbox.control.break(at, { kind: "challenge" });
    await refreshClient(ctx, stage.mara, { id });
    expect(await client(id)).toMatchObject({ sync: "challenged" });
  };
  const upload = async (id: string, members: object = {}, at = url) =>
    uploadSnapshot(ctx, stage.mara, {
      id,
      document: JSON.stringify({ ...(await served(at)), ...members }, null, 2),
      note: "Downloaded in a browser from the vendor's page.",
    });
  const attest = (attestationId: string, verdict: "attested" | "refused" = "attested", who = stage.rui) =>
    attestSnapshot(ctx, who, { attestationId, verdict, reason: "Compared line by line in a browser." });

  test("an attested copy is the live document: what it lost leaves the list, what it gained waits", async () => {
    const id = await approved(ctx, stage, url);
    await publish(ctx);
    await challenged(id);
    const before = await client(id);
    const [kept] = (await served(url))["redirect_uris"] as string[];
    const gained = "https://harborlight.app/auth/new";
    const { attestationId, snapshot } = await upload(id, { redirect_uris: [kept, gained] });
    expect(snapshot).toBe(2);
    expect((await client(id)).liveSnapshotId).toBe(before.liveSnapshotId);

    await expect(attest(attestationId, "attested", stage.mara)).rejects.toThrow(/Only reviewers/);
    await expect(attest(attestationId, "attested", stage.otto)).rejects.toThrow(/Only reviewers/);
    expect(await attest(attestationId)).toEqual({ state: "attested", renewBy: ctx.clock() + 30 * day });
    const after = await client(id);
    expect(after).toMatchObject({ sync: "challenged", failures: before.failures, etag: null });
    expect(await find(ctx.db, "snapshot", { id: after.liveSnapshotId ?? "" })).toMatchObject({
      number: 2,
      attested: true,
    });
    await publish(ctx);
    const list = await verifiedList(ctx, stage.audienceId);
    expect((await list.entryOf(url))?.redirect_uris).toMatchObject([{ uri: kept }]);
    expect(await findAll(ctx.db, "request", { clientRowId: id, state: "open" })).toMatchObject([
      { kind: "change", snapshotId: after.liveSnapshotId },
    ]);
    const journal = await findAll(ctx.db, "journal", { subjectId: id });
    expect(journal.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["copy.uploaded", "copy.attested", "client.document_changed"]),
    );
    await expect(attest(attestationId)).rejects.toThrow(/already attested/);

    await refreshClient(ctx, stage.mara, { id });
    expect(await client(id)).toMatchObject({ sync: "challenged", liveSnapshotId: after.liveSnapshotId });
  });

  test("a copy of somebody who has left is vouched for by nobody else", async () => {
    const id = await approved(ctx, stage, url);
    await challenged(id);
    const { attestationId } = await upload(id, { client_name: "Another" });
    const { mara } = stage;
    await changePerson(ctx, stage.ada, { personId: mara.id, active: false });
    await expect(attest(attestationId)).rejects.toThrow(/not here any more/);
    expect(await attest(attestationId, "refused")).toMatchObject({ state: "refused" });
  });

  test("the document itself takes the place of every copy as soon as it is read", async () => {
    const id = await approved(ctx, stage, url);
    const original = (await client(id)).liveSnapshotId;
    await challenged(id);
    await attest((await upload(id, { client_name: "Another name" })).attestationId);
    const waiting = await upload(id, { client_name: "A third name" });
    await sandbox.control.mend(url);
    await refreshClient(ctx, stage.mara, { id });
    ctx.pass(3 * 60_000);
    await refreshClient(ctx, stage.mara, { id });
    expect(await client(id)).toMatchObject({ sync: "in_sync", liveSnapshotId: original });
    const copies = await findAll(ctx.db, "attestation", { clientRowId: id });
    expect(copies.map(({ state }) => state)).toEqual(["replaced", "replaced"]);
    await expect(attest(waiting.attestationId)).rejects.toThrow(/already replaced/);
    await expect(upload(id)).rejects.toThrow(/can be read/);
  });

  test("a copy that is refused changes nothing; a newer one replaces one that waits; the same one renews", async () => {
    const id = await approved(ctx, stage, url);
    await challenged(id);
    const before = await client(id);
    const first = await upload(id, { client_name: "First" });
    const second = await upload(id, { client_name: "Second" });
    await expect(attest(first.attestationId)).rejects.toThrow(/already replaced/);
    expect(await attest(second.attestationId, "refused")).toEqual({ state: "refused", renewBy: null });
    expect((await client(id)).liveSnapshotId).toBe(before.liveSnapshotId);

    await attest((await upload(id)).attestationId);
    ctx.pass(29 * day);
    await attest((await upload(id)).attestationId);
    expect((await client(id)).liveSnapshotId).toBe(before.liveSnapshotId);
    const attested = await findAll(ctx.db, "attestation", { clientRowId: id, state: "attested" });
    expect(attested).toMatchObject([{ renewBy: ctx.clock() + 30 * day, decidedBy: stage.rui.id }]);
  });

  test("what could not be its document is refused in words", async () => {
    const id = await approved(ctx, stage, url);
    await challenged(id);
    const give = (document: string | Uint8Array<ArrayBuffer>, keySet?: string) =>
      uploadSnapshot(ctx, stage.mara, { id, document, keySet, note: "From a browser." });
    const base = await served(url);
    await expect(give("<html>Just a moment…</html>")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(give(JSON.stringify({ ...base, client_id: quiet }))).rejects.toThrow(/not of this client/);
    await expect(give(JSON.stringify({ ...base, jwks_uri: keySetUrl }))).rejects.toThrow(
      /Upload that key set/,
    );
    await expect(give(JSON.stringify({ ...base, jwks_uri: keySetUrl }), "{}")).rejects.toThrow(
      /no keys array/,
    );
    await expect(give(JSON.stringify(base), '{"keys":[]}')).rejects.toThrow(/names no jwks_uri/);
    await expect(give(new Uint8Array(1_000_000))).rejects.toThrow(/at most/);
    await expect(
      uploadSnapshot(ctx, stage.otto, { id, document: JSON.stringify(base), note: "Me." }),
    ).rejects.toThrow(/owner team/);
    await expect(
      uploadSnapshot(ctx, stage.rui, { id, document: JSON.stringify(base), note: "Mine alone." }).then(
        (own) => attest(own.attestationId),
      ),
    ).rejects.toThrow(/someone else/);
  });

  test("no private key of an uploaded key set is kept", async () => {
    const id = await approved(ctx, stage);
    await challenged(id, quiet);
    const key = inventedKey("copied");
    const { errors } = await uploadSnapshot(ctx, stage.mara, {
      id,
      document: JSON.stringify(await served(quiet)),
      keySet: JSON.stringify({ keys: [{ ...key.publicJwk, d: "do-not-keep-me" }] }),
      note: "From the vendor's support.",
    });
    expect(errors).toBeGreaterThan(0);
    expect(JSON.stringify(await findAll(ctx.db, "snapshot"))).not.toContain("do-not-keep-me");
  });

  test("a client behind a challenge is recorded, and approved on the ground of its copy", async () => {
    await sandbox.control.break(url, { kind: "challenge" });
    const asked = registration(stage, url);
    const { id } = await recordUnreadClient(ctx, stage.mara, asked);
    expect(await client(id)).toMatchObject({
      lifecycle: "discovered",
      sync: "challenged",
      liveSnapshotId: null,
    });
    await expect(recordUnreadClient(ctx, stage.mara, { ...asked, clientId: quiet })).rejects.toThrow(
      /can be read/,
    );
    await attest((await upload(id)).attestationId);
    const { number } = await openRequest(ctx, stage.mara, {
      id,
      kind: "approve",
      grants: [{ resource: tickets, scopes: ["tickets.read"] }],
      reason: "The assistant needs it.",
    });
    for (const person of [stage.rui, stage.sofia])
      if ((await client(id)).lifecycle !== "approved") await vote(ctx, person, number);
    await publish(ctx);
    expect(await (await verifiedList(ctx, stage.audienceId)).entryOf(url)).toBeTruthy();
    expect(await client(id)).toMatchObject({ lifecycle: "approved", sync: "challenged" });
  });
});
