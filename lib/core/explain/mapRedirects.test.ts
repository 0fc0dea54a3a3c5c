import { describe, expect, test } from "vitest";
import { mapRedirects } from "./mapRedirects.ts";

const clientId = "https://app.tide.dev/c";
const told = (before: string[], after: string[]) =>
  mapRedirects(clientId, before, after).groups.map(
    ({ class: kind, who, redirects }) =>
      `${kind} ${who}: ${redirects.map(({ short, state }) => `${state} ${short}`).join(", ")}`,
  );

describe("mapRedirects", () => {
  test("nothing leads nowhere", () => {
    expect(mapRedirects(clientId, [], [])).toMatchObject({
      from: "app.tide.dev",
      groups: [],
      text: "Codes go nowhere: there is no callback.",
    });
  });

  test("groups by who receives codes, nearest first", () => {
    expect(
      told(
        ["https://app.tide.dev/cb", "http://127.0.0.1:8787/cb", "https://id.tide.dev/cb"],
        [
          "https://app.tide.dev/bot",
          "https://quartz.test/x",
          "https://eu.quartz.test/x",
          "http://127.0.0.1:8787/cb",
          "https://id.tide.dev/cb",
          "tide://cb",
          "https://neroil.github.io/cb",
        ],
      ),
    ).toEqual([
      "same_host app.tide.dev: lost /cb, gained /bot",
      "same_site tide.dev: kept id.tide.dev/cb",
      "loopback this computer: kept 127.0.0.1:8787/cb",
      "private_scheme tide:: gained tide://cb",
      "other_site quartz.test: gained quartz.test/x, gained eu.quartz.test/x",
      "shared_host neroil.github.io: gained neroil.github.io/cb",
    ]);
  });

  test("says the same in words", () => {
    expect(mapRedirects(clientId, ["https://app.tide.dev/cb"], ["https://quartz.test/x"]).text).toBe(
      "app.tide.dev (same host): https://app.tide.dev/cb is gone. quartz.test (another organisation): https://quartz.test/x is new.",
    );
  });

  test("what cannot be printed is not", () => {
    expect(mapRedirects(clientId, [], ["https://a.test/\u202e"]).text).toContain("\\u202E");
  });
});
