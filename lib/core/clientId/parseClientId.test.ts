import { expect, test } from "vitest";
import { parseClientId } from "./parseClientId.ts";

const cases: [string, string][] = [
  ["https://app.acme.com/oauth/client.json", ""],
  ["https://app.acme.com/a.b/..c/c..", ""],
  ["http://app.acme.com/c", "scheme"],
  ["HTTPS://app.acme.com/c", "not_canonical"],
  ["ftp://app.acme.com/c", "scheme"],
  ["", "syntax"],
  ["app.acme.com/c", "syntax"],
  ["https:app.acme.com/c", "syntax"],
  ["https:///c", "syntax"],
  [" https://app.acme.com/c", "syntax"],
  ["https://app.acme.com/c\n", "syntax"],
  ["https://app.acme.com/a b", "syntax"],
  ["https://app.exämple.com/c", "syntax"],
  ["https://app.acme.com/%zz", "syntax"],
  ["https://app.acme.com\\c", "syntax path_missing"],
  ["https://app.acme.com/<c>", "syntax"],
  ["https://app.acme.com:x/c", "syntax port"],
  ["https://app.acme.com:99999/c", "syntax port"],
  ["https://u@app.acme.com/c", "userinfo"],
  ["https://@app.acme.com/c", "userinfo"],
  ["https://u:p@app.acme.com/c", "userinfo"],
  ["https://app.acme.com/c#x", "fragment"],
  ["https://app.acme.com/c#", "fragment"],
  ["https://app.acme.com", "path_missing"],
  ["https://app.acme.com?x=1", "path_missing query"],
  ["https://app.acme.com/", "root_path"],
  ["https://app.acme.com/c/", "trailing_slash"],
  ["https://app.acme.com/a/../c", "dot_segment"],
  ["https://app.acme.com/./c", "dot_segment"],
  ["https://app.acme.com/..", "dot_segment"],
  ["https://app.acme.com/a/%2e%2E/c", "dot_segment"],
  ["https://app.acme.com/a/.%2e/c", "dot_segment"],
  ["https://app.acme.com/c?x=../y", "query"],
  ["https://app.acme.com/c?", "query"],
  ["https://app.acme.com:443/c", "port"],
  ["https://app.acme.com:8443/c", "port"],
  ["https://app.acme.com:/c", "port"],
  ["https://Neroil.github.io/x", "not_canonical"],
  ["https://app.acme.com./c", "not_canonical"],
  ["https://app.acme.com//c", "not_canonical"],
  ["https://app.acme.com/%7Euser", "not_canonical"],
  ["https://app.acme.com/a%2fb", "not_canonical"],
  ["https://app.acme.com/a%2Fb", ""],
  ["https://10.0.0.5/c", "special_host"],
  ["https://[::1]/c", "special_host"],
  ["https://0x7f.1/c", "special_host"],
  ["https://localhost/c", "special_host"],
  ["https://loc%61lhost/c", "special_host not_canonical"],
  ["https://intranet/c", "special_host"],
  ["https://app.internal/c", "special_host"],
  [`https://app.acme.com/${"x".repeat(200)}`, "length"],
  ["http://u@localhost/../#", "scheme userinfo special_host trailing_slash dot_segment fragment"],
];

test.each(cases)("%s → %s", (raw, kinds) => {
  expect(
    parseClientId(raw)
      .problems.map(({ kind }) => kind)
      .join(" "),
  ).toBe(kinds);
});

test("messages show control characters instead of printing them", () => {
  expect(parseClientId("https://a.example/\u001b[31m").problems[0]?.message).toContain("\\u001B");
});
