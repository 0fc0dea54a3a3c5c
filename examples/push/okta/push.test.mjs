import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runPush } from "../runPush.mjs";
import { entry, listExport, now } from "../testing/listExport.mjs";
import { serve } from "../testing/serve.mjs";
import { openTenant, urlLimit } from "./push.mjs";

const url = "https://app.acme.com/oauth/client.json";
const org = { apps: [], tooOften: 0 };

/** An Okta org as its documentation has it. */
function answer(method, { pathname, searchParams, origin }, body, headers) {
  if (headers.authorization !== "SSWS token") return [401, { errorCode: "E0000011" }];
  if (org.tooOften-- > 0) return [429, {}, { "x-rate-limit-reset": String(now / 1000 + 7) }];
  if (pathname === "/api/v1/apps" && method === "GET") {
    const from = Number(searchParams.get("after") ?? 0);
    const more = org.apps.length > from + 2;
    const next = { link: `<${origin}/api/v1/apps?limit=200&after=${from + 2}>; rel="next"` };
    return [200, org.apps.slice(from, from + 2), more ? next : {}];
  }
  const fault = () => {
    if (!/^https:\/\/[^?#]+$/.test(body.settings?.oauthClient?.cimdUrl ?? "")) return "cimdUrl";
    if (body.label.length > 100) return "label is too long";
    return undefined;
  };
  if (pathname === "/api/v1/apps" && method === "POST") {
    const taken = org.apps.some((app) => app.label === body.label);
    if (fault() || taken) return [400, { errorSummary: fault() ?? "label is taken" }];
    org.apps.push({ ...body, id: `0oa${org.apps.length}`, status: "ACTIVE" });
    return [200, org.apps.at(-1)];
  }
  const [, id, life] = /^\/api\/v1\/apps\/(\w+)(?:\/lifecycle\/(\w+))?$/.exec(pathname) ?? [];
  const app = org.apps.find((each) => each.id === id);
  if (!app) return [404, {}];
  if (life) return [200, void (app.status = life === "activate" ? "ACTIVE" : "INACTIVE")];
  if (method === "GET") return [200, app];
  if (fault()) return [400, { errorSummary: fault() }];
  // Id and status are read-only.
  const { status } = app;
  for (const member of Object.keys(app)) delete app[member];
  return [200, Object.assign(app, body, { id, status })];
}

let list;
let okta;
let lines;
let waited;
beforeAll(async () => {
  list = await listExport();
  okta = await serve(answer);
});
afterAll(() => [list, okta].forEach(({ close }) => close()));
beforeEach(() => {
  Object.assign(list.state, { entries: { [url]: entry }, exp: now / 1000 + 3600 });
  Object.assign(org, { apps: [], tooOften: 0 });
  [lines, waited] = [[], []];
  okta.calls.length = 0;
});

const push = (...argv) => {
  lines.length = 0;
  return runPush(openTenant, {
    env: { ROLLCALL_EXPORT: list.base, ROLLCALL_TOKEN: "rcc_test", OKTA_ORG: okta.base, OKTA_TOKEN: "token" },
    argv,
    print: (line) => lines.push(line),
    sleep: async (ms) => void waited.push(ms),
    now: () => now,
  });
};
const writes = () => okta.calls.filter((call) => !call.startsWith("GET"));

test("a plan changes nothing; applied, the app names the client_id exactly; again, there is nothing to do", async () => {
  expect(await push()).toBe(0);
  expect(writes()).toEqual([]);
  expect(await push("--apply")).toBe(0);
  expect(org.apps).toMatchObject([
    {
      signOnMode: "OPENID_CONNECT",
      settings: { oauthClient: { cimdClient: true, cimdUrl: url } },
      profile: { managed_by: "rollcall", rollcall_list: "prod" },
    },
  ]);
  okta.calls.length = 0;
  expect(await push("--apply")).toBe(0);
  expect(writes()).toEqual([]);
});

test("who lost the approval is deactivated before anybody is added, and activated when approved again", async () => {
  await push("--apply");
  const others = ["a", "b"].map((name) => `https://${name}.acme.com/c.json`);
  list.state.entries = Object.fromEntries(others.map((other) => [other, entry]));
  okta.calls.length = 0;
  expect(await push("--apply")).toBe(0);
  expect(writes()[0]).toMatch(/deactivate$/);
  expect(org.apps.map(({ status }) => status)).toEqual(["INACTIVE", "ACTIVE", "ACTIVE"]);
  list.state.entries[url] = { ...entry, grant_types: [] };
  await push("--apply");
  expect(org.apps.map(({ status }) => status)).toEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
  await push("--apply");
  expect(lines).toContain("Nothing to do.");
});

test("what somebody deactivated by hand stays so, unless it is named", async () => {
  await push("--apply");
  org.apps[0].status = "INACTIVE";
  expect(await push("--apply")).toBe(0);
  expect(org.apps[0].status).toBe("INACTIVE");
  await push("--apply", "--adopt", url);
  expect(org.apps[0].status).toBe("ACTIVE");
});

test("what somebody else made is left alone; taken over, it keeps what they set", async () => {
  const theirs = {
    id: "0oa9",
    label: "Acme",
    status: "ACTIVE",
    accessibility: { selfService: true },
    settings: {
      oauthClient: {
        cimdClient: true,
        cimdUrl: url,
        consent_method: "REQUIRED",
      },
    },
  };
  const web = { id: "0oa8", label: "Web", status: "ACTIVE", settings: { oauthClient: {} } };
  org.apps = [structuredClone(theirs), web];
  expect(await push("--apply")).toBe(0);
  expect(writes()).toEqual([]);
  await push("--apply", "--adopt", url);
  expect(org.apps).toEqual([
    { ...theirs, profile: expect.objectContaining({ managed_by: "rollcall", rollcall_list: "prod" }) },
    web,
  ]);
});

test("long client_ids of one host get labels of their own, short enough", async () => {
  const long = (end) => `https://app.acme.com/${"x".repeat(200)}/${end}.json`;
  list.state.entries = { [long("a")]: entry, [long("b")]: entry };
  expect(await push("--apply")).toBe(0);
  expect(new Set(org.apps.map(({ label }) => label)).size).toBe(2);
});

test("it waits until Okta counts anew", async () => {
  org.tooOften = 1;
  expect(await push("--apply")).toBe(0);
  expect(waited).toEqual([7000]);
});

test.each([
  [url, true],
  ["http://app.acme.com/c", false],
  ["https://APP.acme.com/c", false],
  ["https://u:p@app.acme.com/c", false],
  ["https://app.acme.com/c#x", false],
  ["nonsense", false],
])("%s can be sent to Okta: %s", (clientId, fine) => {
  expect(urlLimit(clientId) === undefined).toBe(fine);
});
