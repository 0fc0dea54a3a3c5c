import { whenStale } from "./sources.mjs";
import { StepFailed } from "./step.mjs";

/** The programs that are bundled: unbundled they load a thousand small files and take a second to start. */
export const entries = {
  web: "lib/edge/main.ts",
  worker: "lib/worker/main.ts",
  rollcall: "lib/cli/main.ts",
};

const sources = ["lib", "package.json", "package-lock.json", "scripts/bundle.mjs"];

/** Bundles one program to dist/<name>.mjs with its source map, unless it is there and fresh. */
export async function bundle(name) {
  await whenStale(`dist/${name}.stamp`, sources, async () => {
    const { build } = await import("esbuild");
    const result = await build({
      entryPoints: [entries[name]],
      outfile: `dist/${name}.mjs`,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node22",
      sourcemap: true,
      // next brings its own bundler and better-sqlite3 its own binary; pg-native is optional and not used.
      external: ["next", "better-sqlite3", "pg-native"],
      // CommonJS libraries inside an ES module still call require for Node's own modules.
      banner: {
        js: 'import { createRequire as requireOf } from "node:module"; globalThis.require ??= requireOf(import.meta.url);',
      },
      logLevel: "silent",
    }).catch(async (failure) => {
      const { formatMessages } = await import("esbuild");
      const lines = await formatMessages(failure.errors ?? [], { kind: "error" });
      throw new StepFailed(`${entries[name]} cannot be bundled\n${lines.join("\n") || failure.message}`);
    });
    for (const { text } of result.warnings) console.error(`bundling ${name}: ${text}`);
  });
}
