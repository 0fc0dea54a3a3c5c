import { expect, test } from "vitest";
import { hostLookalike, nameLookalike } from "./lookalikeOf.ts";
import { owningDomain } from "./owningDomain.ts";

const hosts: [string, string | undefined][] = [
  ["claude.ai", undefined],
  ["docs.google.com", undefined],
  ["goooogle.com", "google"],
  ["g00gle.com", "google"],
  ["gogle.com", "google"],
  ["googel.com", "google"],
  ["rnicrosoft.com", "microsoft"],
  ["login-github.acme.com", "github"],
  ["claude.evil.dev", "claude"],
  ["app.acme.com", undefined],
  ["neroil.github.io", undefined],
  ["slick.com", undefined],
  ["xn--slck-63d.com", "slack"],
  ["login.xn--slak-n6d.com", "slack"],
  ["xn--githb-bva.io", "github"],
  ["xn--mnchen-3ya.de", undefined],
];

test.each(hosts)("host %s → %s", (host, word) => {
  expect(hostLookalike(owningDomain(host))?.brand.word).toBe(word);
});

const names: [string, string, string | undefined][] = [
  ["Claude Code", "claude.ai", undefined],
  ["Claude Code", "acme.com", "claude"],
  ["Google Docs", "goooogle.com", "google"],
  ["Gооgle Docs", "acme.com", "google"],
  ["ＧＯＯＧＬＥ", "acme.com", "google"],
  ["Visual Studio Code", "vscode.dev", undefined],
  ["Visual  Studio Code", "acme.com", "visual studio code"],
  ["Claudette", "acme.com", undefined],
  ["Slacker", "acme.com", undefined],
  ["Cl\u200baude", "acme.com", "claude"],
  ["Cl\u00ada\u2060ude", "acme.com", "claude"],
  ["Clau\u3164de", "acme.com", "claude"],
  ["C\u{e0020}laude", "acme.com", "claude"],
  ["Claude™", "acme.com", "claude"],
  ["CIaude Code", "acme.com", "claude"],
  ["GitНub", "acme.com", "github"],
  ["Μicrosoft", "acme.com", "microsoft"],
  ["Ϲlaude", "acme.com", "claude"],
];

test.each(names)("name %s at %s → %s", (name, host, word) => {
  expect(nameLookalike(name, owningDomain(host))?.brand.word).toBe(word);
});
