import { isAbsolute, join } from "node:path";
import swc from "@swc/core";
import { cruise } from "dependency-cruiser";
import type { ICruiseOptions, ICruiseResult } from "dependency-cruiser";
import walls from "../.dependency-cruiser.mjs";

/** One import that goes through a wall. `cycle` is filled for circles only. */
export interface Breach {
  rule: string;
  from: string;
  to: string;
  cycle: string[];
}

/**
 * Reads every module below `folders` and returns the imports that break a wall of `.dependency-cruiser.mjs`,
 * with the number of modules read. Type-only imports count like any other.
 */
export async function cruiseWalls(
  root: string,
  folders: string[],
): Promise<{ breaches: Breach[]; modules: number }> {
  readImportsWithSwc(root);
  const options: ICruiseOptions = {
    ...walls.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: walls.forbidden },
  };
  const { output } = await cruise(folders, options);
  const { summary } = output as ICruiseResult;
  return {
    breaches: summary.violations.map(({ rule, from, to, cycle }) => ({
      rule: rule.name,
      from,
      to,
      cycle: (cycle ?? []).map((step) => step.name),
    })),
    modules: summary.totalCruised,
  };
}

/**
 * dependency-cruiser cannot ask TypeScript 7 (it has no JavaScript API), and its swc reader stumbles over JSX and leaves
 * types such as `import("./x.ts").X` unread. So swc's parser is asked here, and answers with the import statements alone.
 */
function readImportsWithSwc(root: string): void {
  swc.parseFileSync = ((path: string) => {
    const file = isAbsolute(path) ? path : join(root, path);
    const sources = new Set<string>();
    collectSources({ ...originalParse(file, { syntax: "typescript", tsx: path.endsWith("x") }) }, sources);
    return { type: "Module", body: [...sources].map(importOf) };
  }) as unknown as typeof swc.parseFileSync;
}

const originalParse = swc.parseFileSync;

type SyntaxNode = { type?: string; value?: unknown; [member: string]: unknown };

function collectSources(node: SyntaxNode, found: Set<string>): void {
  const source = sourceOf(node);
  if (typeof source === "string") found.add(source);
  for (const child of Object.values(node)) {
    if (Array.isArray(child)) {
      for (const item of child) if (item && typeof item === "object") collectSources(item, found);
    } else if (child && typeof child === "object") {
      collectSources(child as SyntaxNode, found);
    }
  }
}

function sourceOf(node: SyntaxNode): unknown {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return (node["source"] as SyntaxNode | null)?.value;
    case "TsImportType":
      return (node["argument"] as SyntaxNode).value;
    case "CallExpression": {
      const callee = node["callee"] as SyntaxNode;
      const [first] = node["arguments"] as { expression: SyntaxNode }[];
      return callee.type === "Import" || callee.value === "require" ? first?.expression.value : undefined;
    }
    default:
      return undefined;
  }
}

const importOf = (value: string) => ({
  type: "ImportDeclaration",
  specifiers: [],
  source: { type: "StringLiteral", value },
});
