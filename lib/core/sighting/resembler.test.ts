import { expect, test } from "vitest";
import { resembler, vendorOf, type Named } from "./resembler.ts";

const named = (host: string, name = host): Named => ({
  clientId: `https://${host}/client.json`,
  host,
  domain: host.split(".").slice(-2).join("."),
  name,
});
const approved = [named("app.harborlight.app", "Harborlight"), named("tidewater.dev", "Tidewater")];

test.each<[string, Named, string | undefined]>([
  ["a stranger", named("quillpad.io", "Quillpad"), undefined],
  ["the same name", named("x.quillpad.io", "HARBORLIGHT"), "has the same name"],
  ["another host of the same owner", named("beta.tidewater.dev", "Tidewater"), undefined],
  ["another suffix", named("tidewater.io"), "under another suffix"],
  ["one letter", named("tidewatr.com"), "one letter away"],
  ["letters that look alike", named("tidewаter.dev"), "reads like"],
  ["a well-known host", named("chatgpt-apps.io"), 'contains "chatgpt"'],
  ["a well-known name", named("quillpad.io", "Claude Desktop"), 'uses the name "claude"'],
])("%s", (_, unknown, how) => {
  const found = resembler(approved)(unknown)?.how;
  if (how === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(how);
});

test("a vendor is known by its domains", () => {
  expect([vendorOf("vscode.dev"), vendorOf("quillpad.io")]).toEqual(["microsoft", undefined]);
});
