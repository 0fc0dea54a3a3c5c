import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openApi } from "../app/api/v1/openApi.ts";

const root = join(import.meta.dirname, "..");
const text = (name: string) => readFileSync(join(root, name), "utf8");

const pages = ["", "docs", "docs/decisions", "docs/servers", "docs/vectors"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

/** The anchors that a page's headings have where pages are read. */
function anchorsOf(page: string): string[] {
  const headings = text(page).match(/^#+ .*$/gm) ?? [];
  return headings.map((line) =>
    line
      .replace(/^#+ /, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(pages)("%s leads to what exists", (page) => {
  const links = [...text(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((found) => found[1] ?? "")
    .filter((link) => !/^[a-z]+:/.test(link));
  const broken = links.filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test("README.md leads to every page for people", () => {
  const readme = text("README.md");
  const missing = readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .filter((name) => !readme.includes(`(docs/${name})`));
  expect(missing).toEqual([]);
});

test("docs/api.md names every endpoint with its method, and no other", () => {
  const described = Object.entries(openApi.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const page = text("docs/api.md");
  expect(page).toContain("`GET /api/v1/openapi.json`");
  const rows = page.match(/^\| `(?:GET|POST|PATCH|DELETE)\b.*$/gm) ?? [];
  const named = rows.flatMap((row) => endpointsOf(row.split(" | ", 1)[0] ?? ""));
  expect(described.length).toBeGreaterThan(60);
  const inTable = described.filter((each) => each !== "GET /openapi.json");
  expect(named.filter((each) => !each.includes(" /v1/")).toSorted()).toEqual(inTable.toSorted());
});

test("docs/cli.md names every command", () => {
  const page = text("docs/cli.md");
  const sources = readdirSync(join(root, "lib/cli")).filter((name) => /^[^.]+\.ts$/.test(name));
  const commands = sources.flatMap((name) =>
    [...text(`lib/cli/${name}`).matchAll(/\.command\(\s*"([a-z-]+)/g)].map((found) => found[1] ?? ""),
  );
  expect(commands.length).toBeGreaterThan(40);
  expect(commands.filter((name) => !new RegExp(`[\`| \\\\]${name}[\`| \\\\]`).test(page))).toEqual([]);
});

/** `POST /a/{id}/x`, `/y` are two endpoints of one method; `GET`, `POST /a` are two methods of one path. */
function endpointsOf(cell: string): string[] {
  const found: string[] = [];
  let methods: string[] = [];
  let path = "";
  for (const [, words = ""] of cell.matchAll(/`([^`]+)`/g)) {
    const [first = "", second] = words.split(" ");
    const isPath = first.startsWith("/");
    const named = (isPath ? first : second)?.split("?", 1)[0];
    if (!isPath) methods = path === "" ? [...methods, first] : [first];
    if (named === undefined) continue;
    path = isPath && named.lastIndexOf("/") === 0 ? path.replace(/\/[^/]*$/, named) : named;
    found.push(...methods.map((method) => `${method} ${path}`));
  }
  return found;
}
