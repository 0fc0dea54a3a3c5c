import type { Decision } from "@rollcall/consumer";
import { expect, test } from "vitest";
import { mayStand, questionOf, scopesOf } from "./Allowlist.ts";

const client_id = "https://tidewater.dev/oauth/client.json";
const [tickets, ledger] = ["https://mcp.example/tickets", "https://mcp.example/ledger"];

test("a token request is asked about whether or not it names the client beside its assertion", () => {
  const body = { grant_type: "authorization_code", resource: ledger, client_assertion: "…" };
  const asked = { client_id, grant_type: "authorization_code", resource: [ledger] };
  expect(questionOf({ body: { ...body, client_id } }, client_id)).toMatchObject(asked);
  expect(questionOf({ body }, client_id)).toMatchObject(asked);
  expect(questionOf({ body, query: { client_id } }, client_id)).toMatchObject(asked);
});

test("what is asked about another client is not asked about this one", () => {
  const others = { client_id: "https://other.example/c.json", resource: ledger };
  expect(questionOf({ query: others, body: undefined }, client_id)).toEqual({ client_id });
});

test("scopes are those of the resources that are asked for", () => {
  const entry: NonNullable<Decision["entry"]> = {
    status: "allow",
    grants: [
      { resource: tickets, scopes: ["admin"] },
      { resource: ledger, scopes: ["read"] },
    ],
  };
  expect(scopesOf(entry, { client_id, resource: [ledger] })).toEqual(["read"]);
  expect(scopesOf(entry, { client_id })).toEqual(["admin", "read"]);
});

test("of a client of a namespace only the redirects stand that it admits", () => {
  const namespace = {
    pattern: "https://a.example/*/c.json",
    status: "allow" as const,
    redirect_hosts: ["a.example"],
  };
  expect(mayStand(namespace, "https://a.example/cb")).toBe(true);
  expect(mayStand(namespace, "https://b.example/cb")).toBe(false);
});
