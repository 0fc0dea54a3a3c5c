import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "lib/consumer");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}
type Entry = readonly [name: string, file: string];

/**
 * Builds the consumer as a package that installs without TypeScript: plain JavaScript with jose as its one dependency,
 * and declarations. `folder` is replaced when everything is there.
 */
export async function packConsumer(folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(source, "package.json"), "utf8")) as Manifest;
  const entries = Object.entries(manifest.exports);
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  try {
    await Promise.all([
      bundle(entries, Object.keys(manifest.dependencies), draft),
      declare(entries, join(draft, "types")),
      cp(join(root, "docs/consumer.md"), join(draft, "README.md")),
      cp(join(root, "LICENSE"), join(draft, "LICENSE")),
    ]);
    await writeFile(join(draft, "package.json"), `${JSON.stringify(published(manifest), null, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const nameOf = (file: string) => basename(file, ".ts");

async function bundle(entries: readonly Entry[], external: string[], folder: string): Promise<void> {
  await build({
    entryPoints: Object.fromEntries(entries.map(([, file]) => [nameOf(file), join(source, file)])),
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: "shared/[hash]",
    platform: "node",
    format: "esm",
    target: "node22",
    external,
    logLevel: "error",
  });
}

/** Declarations of the whole folder and of the wire format's types beside it, as they stand in lib. */
async function declare(entries: readonly Entry[], folder: string): Promise<void> {
  const project = join(folder, "tsconfig.json");
  await mkdir(folder, { recursive: true });
  const compilerOptions = {
    noEmit: false,
    incremental: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: join(root, "lib"),
    outDir: folder,
    typeRoots: [join(root, "node_modules/@types")],
  };
  const files = entries.map(([, file]) => join(source, file));
  await writeFile(
    project,
    JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, files, include: [] }),
  );
  await promisify(execFile)(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project]);
  await rm(project);
  // A declaration names its neighbours by the file they were; a stranger's compiler looks for what they are.
  for (const file of await readdir(folder, { recursive: true }))
    if (file.endsWith(".d.ts")) {
      const text = await readFile(join(folder, file), "utf8");
      await writeFile(join(folder, file), text.replaceAll(/(["']\.{1,2}\/[^"']*)\.ts(["'])/g, "$1.js$2"));
    }
}

function published({ exports, ...manifest }: Manifest) {
  const entry = ([name, file]: Entry) => [
    name,
    {
      types: `./types/consumer/${file.replace(/^\.\//, "").replace(/\.ts$/, ".d.ts")}`,
      default: `./${nameOf(file)}.js`,
    },
  ];
  return { ...manifest, exports: Object.fromEntries(Object.entries(exports).map(entry)), sideEffects: false };
}

/** A tarball beside the folder: npm installs it with its dependency, where it would only link a folder. */
async function tar(folder: string): Promise<string> {
  const npm = process.env.npm_execpath;
  const args = ["pack", "--silent", "--pack-destination", dirname(folder)];
  const [program, ...before] = npm ? [process.execPath, npm] : ["npm"];
  const { stdout } = await promisify(execFile)(program, [...before, ...args], { cwd: folder });
  return join(dirname(folder), stdout.trim().split("\n").at(-1) ?? "");
}

if (resolve(process.argv[1] ?? "") === fileURLToPath(import.meta.url)) {
  const folder = join(root, "dist/consumer");
  await packConsumer(folder);
  console.log(`${folder}\nnpm install ${await tar(folder)}`);
}
