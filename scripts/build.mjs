import { bundle, entries } from "./bundle.mjs";
import { environment } from "./localNode.mjs";
import { whenStale } from "./sources.mjs";
import { step } from "./step.mjs";

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** Makes .next and dist fit the sources: the screens with next build, the processes and the command with esbuild. */
export async function build() {
  await whenStale(".next/rollcall.stamp", sources, () =>
    step(
      "Building the screens (next build)",
      [process.execPath, "node_modules/next/dist/bin/next", "build"],
      {
        env: environment({ NODE_ENV: "production" }),
      },
    ),
  );
  await Promise.all(Object.keys(entries).map(bundle));
  return 0;
}
