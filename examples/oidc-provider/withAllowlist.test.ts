import type { Decision, Question } from "@rollcall/consumer";
import { expect, test } from "vitest";
import { withAllowlist, type Configuration } from "./withAllowlist.ts";

const resource = "https://mcp.example/tickets";
const byUrl = { clientId: "https://quillagent.dev/oauth/client.json" };
const registered = { clientId: "intranet" };
const ctx = { oidc: { params: { scope: "openid tickets.read" } } };
const entry: NonNullable<Decision["entry"]> = {
  status: "allow",
  grants: [{ resource, scopes: ["tickets.read"] }],
};

/** The operator's own configuration, and what was asked of the list. */
function configured(own: Configuration, pinned?: object) {
  const asked: Question[] = [];
  const decide = (question: Question): Decision => {
    asked.push(question);
    return { decision: "allow", reasons: [], sentence: "", seq: 1, entry };
  };
  const scopes = ["tickets.read", "tickets.write"];
  return {
    asked,
    configuration: withAllowlist(own, { allowlist: { decide }, scopes, ...(pinned && { pinned }) }),
  };
}
const resourceOf = (configuration: Configuration, client: object) =>
  configuration.features!.resourceIndicators.getResourceServerInfo(ctx, resource, client) as Promise<object>;

test("what the server's owner configured stays", () => {
  const adapter = () => ({});
  const own = { adapter, ttl: { Session: 60 }, scopes: ["profile"], features: { dPoP: { enabled: true } } };
  expect(configured(own).configuration).toMatchObject({
    adapter,
    ttl: { Session: 60 },
    scopes: ["openid", "offline_access", "profile", "tickets.read", "tickets.write"],
    features: { dPoP: { enabled: true }, clientIdMetadataDocument: { enabled: true } },
  });
});

test("a resource keeps its own settings, and a client by URL gets the approved scopes of it", async () => {
  const info = { scope: "tickets.read tickets.write", audience: "tickets", accessTokenTTL: 60 };
  const own = { features: { resourceIndicators: { getResourceServerInfo: async () => info } } };
  const { configuration, asked } = configured(own);
  expect(await resourceOf(configuration, registered)).toEqual(info);
  expect(asked).toEqual([]);
  expect(await resourceOf(configuration, byUrl)).toEqual({ ...info, scope: "tickets.read" });
  expect(asked).toEqual([{ client_id: byUrl.clientId, resource, scopes: ["tickets.read"] }]);
});

test("without settings of its own a resource gets a JWT of five minutes", async () => {
  const { configuration } = configured({});
  expect(await resourceOf(configuration, byUrl)).toMatchObject({
    scope: "tickets.read",
    audience: resource,
    accessTokenTTL: 300,
  });
  await expect(resourceOf(configuration, registered)).rejects.toThrow("invalid_target");
});

test("pinned, registered clients still come from the owner's adapter, be it a class or a function", async () => {
  class Own {
    readonly model: string;
    constructor(model: string) {
      this.model = model;
    }
    async find(id: string) {
      return { model: this.model, id };
    }
  }
  for (const adapter of [Own, (model: string) => new Own(model)]) {
    const { configuration } = configured({ adapter }, {});
    const made = (model: string) => (configuration.adapter as (model: string) => Own)(model);
    expect(await made("Client").find("intranet")).toEqual({ model: "Client", id: "intranet" });
    expect(await made("Grant").find("https://a")).toEqual({ model: "Grant", id: "https://a" });
    expect(await made("Client").find(byUrl.clientId)).toMatchObject({ client_id: byUrl.clientId });
  }
  expect(() => configured({}, {})).toThrow("need a configuration with an adapter");
});

test("the scheme of a client_id may be written in any case", async () => {
  const own = {
    features: {
      resourceIndicators: { getResourceServerInfo: async () => ({ scope: "tickets.read tickets.write" }) },
    },
  };
  const { configuration, asked } = configured(own);
  const clientId = byUrl.clientId.replace("https", "HTTPS");
  expect(await resourceOf(configuration, { clientId })).toEqual({ scope: "tickets.read" });
  expect(asked).toMatchObject([{ client_id: clientId }]);
});

test("pushed requests may not bring redirect URIs of their own", () => {
  const features = { pushedAuthorizationRequests: { allowUnregisteredRedirectUris: true } };
  expect(() => configured({ features })).toThrow("allowUnregisteredRedirectUris");
});
